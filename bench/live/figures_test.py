import unittest

import figures
from planted import Event

EVENTS = [Event("seen", "a cat", 3, 6), Event("heard", "rain", 4.5, 7.5), Event("seen", "a cat", 9, 12)]


def alert(kind, words, end, late, ended=False):
    return {"kind": kind, "end": end, "late": late, "details": {"name": words, "ended": ended}}


LINES = [
    alert("seen", "a cat", 3.1, 0.2),
    alert("seen", "a cat", 6.0, 0.5, ended=True),
    alert("heard", "rain", 5.5, 0.1),
    alert("heard", "rain", 9.5, 0.1),
    {"kind": "caption", "end": 3, "late": 0.4},
    {"kind": "finished", "end": 12, "late": 0, "details": {"frames": {"offered": 10, "done": 8, "skipped": 2, "failed": 0}}},
]


class FiguresTest(unittest.TestCase):
    def test_an_event_is_found_when_it_is_told_while_it_lasts(self):
        delays = [delay for _, delay in figures.found(LINES, EVENTS)]
        self.assertAlmostEqual(delays[0], 0.3)
        self.assertAlmostEqual(delays[1], 1.1)
        self.assertIsNone(delays[2])

    def test_what_nothing_was_planted_for_is_a_false_alarm(self):
        self.assertEqual([(kind, words) for kind, words, _ in figures.false_alarms(LINES, EVENTS)], [("heard", "rain")])

    def test_shares_and_lateness_are_read_off_the_lines(self):
        self.assertEqual(figures.skipped_share(LINES, "frames"), 0.2)
        self.assertEqual(figures.lateness(LINES)["caption"], {"count": 1, "p50": 0.4, "p99": 0.4})
        self.assertEqual(figures.lateness(LINES)["seen"]["count"], 1)
        self.assertEqual(figures.percentile([], 0.5), None)
        self.assertEqual(figures.percentile([3, 1, 2], 0.5), 2)

    def test_what_grows_evenly_has_its_slope_and_what_is_flat_has_none(self):
        self.assertAlmostEqual(figures.slope([(x / 60, 100 + 2 * x / 60) for x in range(600)]), 2.0)
        self.assertAlmostEqual(figures.slope([(x / 60, 100 + x % 3) for x in range(600)]), 0.0, delta=0.05)


if __name__ == "__main__":
    unittest.main()
