from __future__ import annotations

from bot.operations.metrics import Metrics, ServiceState


def test_figures_as_prometheus_reads_them() -> None:
    metrics = Metrics()
    metrics.watch(lambda: ServiceState(9, 82, 1.5, 3, {"done": 2}))
    metrics.request("POST", "/api/ask", 200, 0.02)
    metrics.answer("answered", "zh-Hans")
    metrics.part("waiting", 0.3)
    metrics.refusal("429")
    metrics.vote("lost")
    text = metrics.text().decode()
    for line in (
        'yuanwen_requests_total{method="POST",route="/api/ask",status="200"} 1.0',
        'yuanwen_request_seconds_bucket{le="0.025",route="/api/ask"} 1.0',
        'yuanwen_answers_total{language="zh-Hans",verdict="answered"} 1.0',
        'yuanwen_question_seconds_sum{part="waiting"} 0.3',
        'yuanwen_refusals_total{reason="429"} 1.0',
        'yuanwen_votes_total{vote="lost"} 1.0',
        "yuanwen_index_articles 9.0",
        "yuanwen_index_passages 82.0",
        "yuanwen_index_age_seconds 1.5",
        "yuanwen_queue_waiting 3.0",
        'yuanwen_reloads_total{state="done"} 2.0',
    ):
        assert line in text.splitlines()
    assert "process_open_fds" in text


def test_two_services_in_one_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.vote("up")
    assert 'yuanwen_votes_total{vote="up"}' not in other.text().decode()
