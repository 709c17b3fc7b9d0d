import HTTPTypes
import Testing

@testable import GalleryWeb

@Suite("AllowedMethods")
struct AllowedMethodsTests {
    private static let methods: AllowedMethods = {
        var methods = AllowedMethods()
        methods.allow([.get, .head], on: "/")
        methods.allow([.post], on: "/s3/multipart/{uploadId}/complete")
        methods.allow([.get, .head], on: "/s3/multipart/{uploadId}/{partNumber}")
        return methods
    }()

    @Test("a path that is known says what it takes; what is named goes before what may be anything")
    func refusals() {
        #expect(Self.methods.refusal(of: .post, on: "/")?.allow == "GET, HEAD")
        let complete = Self.methods.refusal(of: .put, on: "/s3/multipart/a/complete")
        #expect(complete == MethodNotAllowed(allowed: [.post], route: "/s3/multipart/{uploadId}/complete"))
        #expect(Self.methods.refusal(of: .put, on: "/s3/multipart/a/1/")?.allow == "GET, HEAD")
    }

    @Test("a method that it takes, one that nobody knows, and a path that is not there are not refused")
    func noRefusals() throws {
        #expect(Self.methods.refusal(of: .get, on: "/") == nil)
        #expect(Self.methods.refusal(of: .options, on: "/") == nil)
        #expect(Self.methods.refusal(of: try #require(HTTPRequest.Method("BREW")), on: "/") == nil)
        #expect(Self.methods.refusal(of: .post, on: "/nowhere") == nil)
        #expect(Self.methods.refusal(of: .put, on: "/s3/multipart/a") == nil)
    }
}
