"""明账 Mingzhang: public accounts of Chinese government departments as data and as a website."""

__version__ = "0.1.0"
