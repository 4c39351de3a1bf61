"""The mail server of the demo: what is sent to it over SMTP lies in a folder, whole."""

import os
import smtplib
import subprocess
import sys
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from config.local_services.server import free_port

PROJECT = Path(__file__).parent.parent


@pytest.fixture
def port(tmp_path):
    port = free_port(0)
    env = os.environ | {"EMAIL_URL": f"smtp://127.0.0.1:{port}", "HUISPLAN_LOCAL": str(tmp_path)}
    process = subprocess.Popen([sys.executable, "-m", "config.mailbox"], env=env, cwd=PROJECT)
    yield port
    process.terminate()
    assert process.wait(10) == 0


def connect(port):
    deadline = time.monotonic() + 10
    while True:
        try:
            return smtplib.SMTP("127.0.0.1", port, local_hostname="localhost")
        except ConnectionRefusedError:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_every_mail_lies_in_the_folder_as_it_was_sent(port, tmp_path):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "huisplan@wilgenrade.example",
        "ilse@kraam.example",
        "Er staat iets klaar",
    )
    mail.set_content("Er staat een bericht voor u klaar: één klik.\n")
    with connect(port) as smtp:
        smtp.send_message(mail)
        smtp.send_message(mail)

    files = list(tmp_path.glob("*/mail/*"))
    assert len(files) == 2
    assert all(path.suffix == ".eml" for path in files)
    received = message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert received["To"] == "ilse@kraam.example"
    assert received.get_content().strip() == "Er staat een bericht voor u klaar: één klik."
