import HTTPTypes
import SigV4

/// Verifies a request whose query is any text: nothing but a right signature may pass.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzQuery(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let query = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    let credentials = Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret("secret"))
    let verifier = Verifier(region: "us-east-1") { $0 == credentials.accessKeyID ? credentials : nil }
    let request = SignableRequest(method: .get, host: "example.com", target: "/bucket/key?\(query)")
    do {
        let verified = try verifier.verify(request, at: SigningDate(secondsSince1970: 1_795_996_800))
        precondition(verified == nil || query.contains("Amz-Signature"), "verified without a signature")
    } catch {
        precondition(!"\(error)".isEmpty, "no reason")
    }
    return 0
}
