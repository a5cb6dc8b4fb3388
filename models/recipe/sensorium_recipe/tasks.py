"""The tasks that a stage of the configuration file can name."""
from .fusion_task import align_loss, banked_picture_loss, fusion_loss, watching_loss
from .picture_task import picture_loss
from .self_critical import self_critical_loss
from .sound_task import hearing_loss, sound_loss

TASKS = {"picture": picture_loss, "hearing": hearing_loss, "watching": watching_loss, "sound": sound_loss, "align": align_loss,
         "banked_picture": banked_picture_loss, "fusion": fusion_loss, "self_critical": self_critical_loss}
