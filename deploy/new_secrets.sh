#!/bin/sh
# Makes the keys and passwords of docker-compose.yml, once: what is there already stays as it is.
#     sh deploy/new_secrets.sh [FOLDER]
# The folder is for you alone. The files in it can be read by the containers that get them.
set -eu
folder=${1:-$(dirname "$0")/secrets}
umask 077
mkdir -p "$folder"
chmod 700 "$folder"

new() { # name, content
  if [ -e "$folder/$1" ]; then echo "$1 is there already"; return; fi
  printf %s "$2" > "$folder/$1.new"
  chmod 444 "$folder/$1.new"
  mv "$folder/$1.new" "$folder/$1"
  echo "$1 is made"
}

random() { openssl rand -hex 32; }

new secret_key "$(random)"
new encryption_keys "$(openssl rand -base64 32 | tr '+/' '-_')"
new watch_token "$(random)"
new postgres_password "$(random)"
new valkey_password "$(random)"
new database_url "postgres://huisplan:$(cat "$folder/postgres_password")@postgres:5432/huisplan"
new redis_url "redis://:$(cat "$folder/valkey_password")@valkey:6379/0"
new email_url "smtp+tls://user:password@mail.example.nl:587"
echo
echo "Write your mail server into $folder/email_url."
echo "Keep a copy of $folder/encryption_keys where no backup of the database is: without it the texts are lost."
