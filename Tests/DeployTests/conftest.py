"""Lets the tests import the scripts that they test."""

import sys

from sam_template import ROOT

sys.path.insert(0, str(ROOT))
