import HTTPTypes
import SigV4

/// Decodes any bytes as a chunked body, once whole and once in small pieces, and compares the data.
///
/// The first byte chooses whether chunks are signed.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzChunks(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let choice = bytes.first else { return 0 }
    let payloads: [PayloadHash] = [.streamingUnsignedTrailer, .streamingSigned, .streamingSignedTrailer]
    let payload = payloads[Int(choice) % payloads.count]
    guard let request = verifiedRequest(payload) else { fatalError("our own signature does not hold") }
    let whole = Decoding(request, bytes.dropFirst(), pieceByteCount: max(1, bytes.count))
    let pieces = Decoding(request, bytes.dropFirst(), pieceByteCount: 3)
    precondition(whole == pieces, "the way a body is cut changes what it says")
    return 0
}

private func verifiedRequest(_ payload: PayloadHash) -> VerifiedRequest? {
    let credentials = Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret("secret"))
    let date = SigningDate(secondsSince1970: 1_795_996_800)
    let plain = SignableRequest(method: .put, host: "example.com", target: "/bucket/key")
    let signed = Signer(credentials: credentials, region: "us-east-1").sign(plain, payload: payload, at: date)
    return try? Verifier(region: "us-east-1") { _ in credentials }.verify(signed, at: date)
}

/// What a decoder made of a body.
private struct Decoding: Equatable {
    private(set) var data: [UInt8] = []
    private(set) var trailers: [String] = []
    private(set) var isRefused = false

    init(_ request: VerifiedRequest, _ body: ArraySlice<UInt8>, pieceByteCount: Int) {
        var decoder = ChunkedPayloadDecoder(
            verifiedBy: request,
            announcedTrailers: ["x-amz-checksum-crc32"],
            decodedContentLength: 20_000
        )
        var decoded: [UInt8] = []
        do {
            for start in stride(from: body.startIndex, to: body.endIndex, by: pieceByteCount) {
                let piece = body[start..<min(start + pieceByteCount, body.endIndex)]
                try decoder.receive(piece) { decoded += $0 }
            }
            trailers = try decoder.finish().map { "\($0.name): \($0.value)" }
            precondition(decoded.count == 20_000, "another length than announced")
            data = decoded
        } catch {
            isRefused = true
        }
    }
}
