"""What can happen in the example. A step is data, and plays by calling the one verb of an `actions.py` it stands for."""
