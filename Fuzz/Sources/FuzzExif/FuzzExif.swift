import ImageMetadata

/// Reads any bytes as the EXIF block of a JPEG.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzExif(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let block = Array("Exif\0\0".utf8) + UnsafeBufferPointer(start: start, count: min(count, 65_000))
    let length = block.count + 2
    let frame: [UInt8] = [0xFF, 0xC0, 0, 11, 8, 0, 3, 0, 7, 1, 1, 0x11, 0]
    let file = [0xFF, 0xD8, 0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + block + frame
    guard let header = try? ImageHeader(parsing: file[...]) else { fatalError("a broken block cost the header") }
    precondition(header.width + header.height == 10, "the block changed the sides")
    if let position = header.camera?.position {
        precondition(abs(position.latitude) <= 90 && abs(position.longitude) <= 180, "nowhere on Earth")
    }
    for text in [header.camera?.make, header.camera?.model, header.camera?.lens] {
        precondition((text?.utf8.count ?? 0) < 4096, "a text without bound")
    }
    return 0
}
