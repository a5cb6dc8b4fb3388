"""The tasks that a stage of the configuration file can name."""
from .fusion_task import fusion_loss, watching_loss
from .self_critical import self_critical_loss
from .sound_task import hearing_loss, sound_loss
from .teacher_task import imitation_loss
from .tell_task import align_loss, distilled_loss, picture_loss, seen_picture_loss
from .words_task import repeating_loss

TASKS = {"imitation": imitation_loss, "hearing": hearing_loss, "watching": watching_loss, "sound": sound_loss,
         "align": align_loss, "picture": picture_loss, "distilled": distilled_loss,
         "seen_picture": seen_picture_loss, "repeating": repeating_loss, "fusion": fusion_loss,
         "self_critical": self_critical_loss}
