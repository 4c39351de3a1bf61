from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models


class Person(AbstractBaseUser):
    """Who is logged in. A model of its own, because the trial has one database."""

    email = models.EmailField(unique=True)
    USERNAME_FIELD = "email"


class Text(models.Model):
    words = models.TextField()
    name = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class First(Text):
    pass


class Second(Text):
    pass


class Third(Text):
    pass


class Row(Text):
    """Two hundred of these stand on the page."""
