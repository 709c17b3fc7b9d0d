"""What ExifTool may find in a published picture; every other tag is private."""

import json
import subprocess
from pathlib import Path

# Groups of which every tag is about the file as such, or about a colour profile.
_HARMLESS_GROUPS = {"ExifTool", "System", "Composite", "JFIF", "Adobe", "PNG-pHYs"}
# Tags that say how to decode or show the pixels.
_HARMLESS_TAGS = {
    "SourceFile",
    "IFD0:Orientation",
    *(f"File:{tag}" for tag in (
        "BitsPerSample", "ColorComponents", "EncodingProcess", "ExifByteOrder", "FileType", "FileTypeExtension",
        "ImageHeight", "ImageWidth", "MIMEType", "YCbCrSubSampling",
    )),
    *(f"GIF:{tag}" for tag in (
        "AnimationIterations", "BackgroundColor", "BitsPerPixel", "ColorResolutionDepth", "Duration", "FrameCount",
        "GIFVersion", "HasColorMap", "ImageHeight", "ImageWidth", "TransparentColor",
    )),
    *(f"PNG:{tag}" for tag in (
        "AnimationFrames", "AnimationPlays", "BackgroundColor", "BitDepth", "ColorType", "Compression", "Filter",
        "Gamma", "ImageHeight", "ImageWidth", "Interlace", "Palette", "ProfileName", "SRGBRendering",
        "SignificantBits", "Transparency",
    )),
    *(f"RIFF:{tag}" for tag in (
        "AlphaCompression", "AlphaFiltering", "AlphaPreprocessing", "AnimationLoopCount", "BackgroundColor", "Duration",
        "HorizontalScale", "ImageHeight", "ImageWidth", "VP8Version", "VerticalScale", "WebP_Flags", "AlphaIsUsed",
    )),
    *(f"Meta:{tag}" for tag in ("MetaImageSize", "PrimaryItemReference")),
    *(f"QuickTime:{tag}" for tag in (
        "AV1ConfigurationVersion", "AuxiliaryImageType", "AverageFrameRate", "BitDepthChroma", "BitDepthLuma",
        "ChromaFormat", "ChromaSamplePosition", "CleanAperture", "ColorPrimaries", "ColorProfiles", "CompatibleBrands",
        "ConstantFrameRate", "ConstraintIndicatorFlags", "GenProfileCompatibilityFlags", "GeneralLevelIDC",
        "GeneralProfileIDC", "GeneralProfileSpace", "GeneralTierFlag", "HEVCConfigurationVersion", "HandlerType",
        "HighBitDepth", "InitialDelaySamples", "MediaData", "Monochrome", "SeqLevelIdx0", "SeqProfile", "SeqTier0",
        "TwelveBit",
        "ImagePixelDepth", "ImageSpatialExtent", "MajorBrand", "MatrixCoefficients", "MediaDataOffset",
        "MediaDataSize", "MinSpatialSegmentationIDC", "MinorVersion", "NumTemporalLayers", "ParallelismType",
        "PixelAspectRatio", "Rotation", "TemporalIDNested", "TransferCharacteristics", "VideoFullRangeFlag",
    )),
}


def tags(folder: Path) -> dict[str, dict[str, object]]:
    """All that ExifTool finds in each file of a folder, by the file's name; duplicates and embedded files too."""
    command = ["exiftool", "-j", "-a", "-u", "-G1", "-s", "-ee", "-charset", "filename=utf8", str(folder)]
    found = subprocess.run(command, capture_output=True, check=False, timeout=120)
    return {Path(entry["SourceFile"]).name: entry for entry in json.loads(found.stdout)}


def private(found: dict[str, object]) -> dict[str, object]:
    """The private ones of a file's tags."""
    return {tag: value for tag, value in found.items() if not _is_harmless(tag)}


def _is_harmless(tag: str) -> bool:
    group = tag.split(":")[0]
    return tag in _HARMLESS_TAGS or group in _HARMLESS_GROUPS or group.startswith("ICC")
