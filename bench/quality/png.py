"""Pictures as they are sent."""
import io

from PIL import Image


def png(pixels):
    """[height, width, 3] uint8 -> a file's bytes"""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", compress_level=1)
    return file.getvalue()
