import HTTPTypes
import SigV4

/// Verifies a request whose `Authorization` is any text: nothing but a right signature may pass.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAuthorization(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    let credentials = Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret("secret"))
    let verifier = Verifier(region: "us-east-1") { $0 == credentials.accessKeyID ? credentials : nil }
    var headers: HTTPFields = [.authorization: text]
    if let name = HTTPField.Name("x-amz-content-sha256") { headers[name] = "UNSIGNED-PAYLOAD" }
    if let name = HTTPField.Name("x-amz-date") { headers[name] = "20261130T000000Z" }
    let request = SignableRequest(method: .get, host: "example.com", target: "/bucket/key?a=b", headers: headers)
    do {
        let verified = try verifier.verify(request, at: SigningDate(secondsSince1970: 1_795_996_800))
        precondition(verified == nil || text.contains("Signature="), "verified without a signature")
    } catch {
        precondition(!"\(error)".isEmpty, "no reason")
    }
    return 0
}
