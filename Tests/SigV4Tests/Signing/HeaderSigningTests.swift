import HTTPTypes
import Testing

@testable import SigV4

@Suite("Signing by header")
struct HeaderSigningTests {
    @Test("signs like botocore", arguments: RequestVector.headerSigned.cases + RequestVector.streaming.cases)
    func vector(_ vector: RequestVector) throws {
        let signer = Signer(credentials: vector.credentials, region: "us-east-1")
        let payload = try #require(PayloadHash(headerValue: vector.payload))
        let signed = signer.sign(vector.unsigned, payload: payload, at: .example)
        #expect(signed.headers[.authorization] == vector.request.headers[.authorization])
        #expect(signed.headers == vector.request.headers)
    }

    @Test("signs the published requests", arguments: PublishedVector.headerSigned)
    func published(_ vector: PublishedVector) throws {
        let signer = Signer(credentials: PublishedVector.credentials, region: "us-east-1")
        let request = try #require(vector.request)
        let signed = signer.sign(request, payload: try #require(vector.payload), at: PublishedVector.date)
        #expect(signed.headers[.authorization]?.hasSuffix("Signature=\(vector.signature)") == true)
    }

    @Test("six of the published examples are header-signed requests")
    func publishedCount() {
        #expect(PublishedVector.headerSigned.count == 6)
        #expect(PublishedVector.file.cases.count == 15)
    }

    @Test("signing again replaces the first signature")
    func again() throws {
        let vector = try #require(RequestVector.headerSigned.cases.first)
        let signer = Signer(credentials: vector.credentials, region: "us-east-1")
        let signed = signer.sign(vector.request, payload: .digest(String(vector.payload)), at: .example)
        #expect(signed.headers[.authorization] == vector.request.headers[.authorization])
    }
}
