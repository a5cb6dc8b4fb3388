#!/usr/bin/env python3
"""Writes nmt_nfkc.charsmap.gz: the character map that SentencePiece puts into models of T5's and XLM-R's kind.

Needs sentencepiece (Debian: python3-sentencepiece, python3-protobuf). The map does not depend on what is trained.
"""
import gzip
import io
from pathlib import Path

import sentencepiece
from sentencepiece import sentencepiece_model_pb2

model = io.BytesIO()
sentences = (f"a sentence of some words, the {number}th of them" for number in range(1000))
sentencepiece.SentencePieceTrainer.train(
    sentence_iterator=sentences, model_writer=model, vocab_size=60, normalization_rule_name="nmt_nfkc")
proto = sentencepiece_model_pb2.ModelProto.FromString(model.getvalue())
target = Path(__file__).parent / "nmt_nfkc.charsmap.gz"
target.write_bytes(gzip.compress(proto.normalizer_spec.precompiled_charsmap, 9, mtime=0))
