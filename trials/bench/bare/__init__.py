"""A Django project as `startproject` makes it, with two views: what the pages of Huisplan are measured against."""
