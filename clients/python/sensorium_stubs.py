"""Makes Python stubs of the contracts with protoc, once, and imports them.

A project of your own would run protoc when it is built; here it happens at run time, so that nothing generated has to
be kept in the repository.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

CLIENTS = pathlib.Path(__file__).resolve().parent.parent
PROTOS = [CLIENTS.parent / "protos", CLIENTS / "protos"]


def generate(folder):
    plugin = shutil.which("grpc_python_plugin")
    if plugin is None:
        raise SystemExit("grpc_python_plugin is missing; Debian has it in protobuf-compiler-grpc (and libprotobuf-dev)")
    files = [str(file.relative_to(root)) for root in PROTOS for file in sorted(root.rglob("*.proto"))]
    includes = [f"-I{root}" for root in PROTOS]
    outputs = [f"--python_out={folder}", f"--grpc_python_out={folder}", f"--plugin=protoc-gen-grpc_python={plugin}"]
    subprocess.run(["protoc", *includes, *outputs, *files], check=True)


_folder = tempfile.TemporaryDirectory(prefix="sensorium-stubs-")
generate(_folder.name)
sys.path.insert(0, _folder.name)

from sensorium.v1 import common_pb2, decision_pb2, encoder_pb2, generation_pb2, image_pb2, index_pb2, live_pb2, sensorium_pb2, sensorium_pb2_grpc  # noqa: E402,F401
import status_details_pb2  # noqa: E402,F401
