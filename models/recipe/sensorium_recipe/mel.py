"""Log-mel features as Whisper's feature extractor computes them."""
import numpy as np
import torch

from .pack import FFT, HOP, SAMPLING_RATE

# Slaney's mel scale: linear to 1 kHz (15 mels of 200/3 Hz), logarithmic above (27 mels for a factor of 6.4).
_LINEAR, _BREAK_HZ, _BREAK_MEL, _LOG_STEP = 200 / 3, 1000.0, 15.0, np.log(6.4) / 27


def _to_mel(hertz):
    return np.where(hertz < _BREAK_HZ, hertz / _LINEAR,
                    _BREAK_MEL + np.log(np.maximum(hertz, 1e-9) / _BREAK_HZ) / _LOG_STEP)


def _to_hertz(mel):
    return np.where(mel < _BREAK_MEL, mel * _LINEAR, _BREAK_HZ * np.exp((mel - _BREAK_MEL) * _LOG_STEP))


def mel_filters(bands=80):
    """Triangles of equal area: [bands, FFT/2+1]."""
    bins = np.linspace(0, SAMPLING_RATE / 2, FFT // 2 + 1)
    edges = _to_hertz(np.linspace(_to_mel(np.array(0.0)), _to_mel(np.array(SAMPLING_RATE / 2)), bands + 2))
    widths, ramps = np.diff(edges), edges[:, None] - bins[None]
    triangles = np.maximum(0, np.minimum(-ramps[:-2] / widths[:-1, None], ramps[2:] / widths[1:, None]))
    return torch.from_numpy(triangles * (2 / (edges[2:] - edges[:-2]))[:, None]).float()


FILTERS = mel_filters()
WINDOW = torch.hann_window(FFT)


def log_mel(wave):
    """Samples [n] in -1..1 -> [80, n // HOP]"""
    power = torch.stft(wave, FFT, HOP, window=WINDOW, return_complex=True)[..., :-1].abs() ** 2
    bands = (FILTERS @ power).clamp(min=1e-10).log10()
    return (torch.maximum(bands, bands.max() - 8) + 4) / 4
