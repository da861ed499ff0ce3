"""Limits of what a thread takes in; our own choices, no law behind them."""

COMMENT_LENGTH = 5_000  # characters

PICTURE_BYTES = 20 * 1024 * 1024  # a photo of a 50-megapixel phone has 8 to 18 MB
PICTURE_PIXELS = 60_000_000  # decoded: 180 MB at three bytes each
PICTURE_SIDE = 1_600  # pixels of the longest side, kept
THUMBNAIL_SIDE = 320  # pixels
PICTURES_AT_ONCE = 9  # as many as a WeChat post takes: people know it

STRAY_AGE = 3_600  # seconds until a file without a row is nobody's: no request takes as long
