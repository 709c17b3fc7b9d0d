import Foundation
import GalleryCore
import GalleryTesting
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import GalleryWeb

@Suite("/api/uploads/parts, /complete and DELETE")
struct PartRouteTests {
    private static let size = (16 << 20) + 5
    private let bench = WebBench(limits: GalleryLimits(uploadBytes: 1 << 30))

    private func ask(_ method: HTTPRequest.Method, _ uri: String, _ object: [String: Any]) async throws -> TestResponse
    {
        try await bench.ask(method, uri, body: Array(try JSONSerialization.data(withJSONObject: object)))
    }

    private func code(_ response: TestResponse) throws -> String? {
        #expect(response.headers[.contentType] == "application/problem+json")
        return try response.object["code"] as? String
    }

    private func token() async throws -> String {
        let ticket = try await ask(.post, "/api/uploads", ["name": "big.png", "size": Self.size]).object
        return try #require(ticket["token"] as? String)
    }

    private func fill(_ numbers: [Int]) {
        let png = ImageBuilder.png(width: 7, height: 5)
        let bytes = png + [UInt8](repeating: 0, count: Self.size - png.count)
        for upload in bench.storage.multiparts {
            for number in numbers {
                let part = bytes[((number - 1) << 23)..<min(number << 23, bytes.count)]
                bench.storage.putPart(Array(part), number: number, of: upload)
            }
        }
    }

    @Test("a large file's ticket has a plan of parts in place of a URL")
    func ticket() async throws {
        let response = try await ask(.post, "/api/uploads", ["name": "big.png", "size": Self.size])
        #expect(response.status == .created)
        let ticket = try response.object
        #expect(Set(ticket.keys) == ["id", "token", "deleteToken", "multipart", "expiresAt", "serverTime"])
        #expect(ticket["multipart"] as? [String: Int] == ["partSize": 8 << 20, "partCount": 3])
        #expect(ticket["expiresAt"] as? String == "2026-11-23T19:00:00Z")
        #expect(try await ask(.post, "/api/uploads", ["size": 16 << 20]).status == .badRequest, "a PUT needs sha256")
    }

    @Test("URLs for parts name number, size, address and headers")
    func sign() async throws {
        let digest = sha256Base64([1])
        let body: [String: Any] = ["token": try await token(), "parts": [["number": 3, "sha256": digest]]]
        let response = try await ask(.post, "/api/uploads/parts", body)
        #expect(response.status == .ok && response.headers[.cacheControl] == "no-store")
        let object = try response.object
        #expect(Set(object.keys) == ["parts", "expiresAt", "serverTime"])
        let part = try #require((object["parts"] as? [[String: Any]])?.first)
        #expect(part["number"] as? Int == 3 && part["size"] as? Int == 5)
        #expect(part["headers"] as? [String: String] == ["x-amz-checksum-sha256": digest])
        #expect((part["url"] as? String)?.contains("partNumber=3") == true)
    }

    @Test("parts that make no sense are refused", arguments: [0, 4, 10_001, -1])
    func badNumbers(number: Int) async throws {
        let parts = [["number": number, "sha256": sha256Base64([1])]]
        let response = try await ask(.post, "/api/uploads/parts", ["token": try await token(), "parts": parts])
        #expect(response.status == .badRequest)
        #expect(try code(response) == "bad-request")
    }

    @Test("no parts, too many of them, a bad digest and a bad token are refused")
    func badBodies() async throws {
        let token = try await token()
        let many = (1...101).map { ["number": $0, "sha256": sha256Base64([1])] as [String: Any] }
        for parts in [[], many, [["number": 1, "sha256": "x"]], [["number": 1]]] as [[[String: Any]]] {
            #expect(try await ask(.post, "/api/uploads/parts", ["token": token, "parts": parts]).status == .badRequest)
        }
        let part = [["number": 1, "sha256": sha256Base64([1])]]
        for other in ["", "x", token + "x"] {
            let response = try await ask(.post, "/api/uploads/parts", ["token": other, "parts": part])
            #expect(response.status == .forbidden)
            #expect(try code(response) == "invalid-token")
        }
        bench.clock.advance(bySeconds: 86_400)
        let late = try await ask(.post, "/api/uploads/parts", ["token": token, "parts": part])
        #expect(late.status == .forbidden)
        #expect(try code(late) == "expired")
    }

    @Test("what the store has is listed, and completing names what is missing")
    func resume() async throws {
        let token = try await token()
        fill([1, 3])
        let listed = try await bench.ask(.get, "/api/uploads/parts?token=\(token)").object
        #expect((listed["parts"] as? [[String: Any]])?.map { $0["number"] as? Int } == [1, 3])
        #expect(listed["partSize"] as? Int == 8 << 20 && listed["partCount"] as? Int == 3)
        let refused = try await ask(.post, "/api/uploads/complete", ["token": token])
        #expect(refused.status == .conflict)
        #expect(try code(refused) == "incomplete-upload")
        #expect(try refused.object["missing"] as? [Int] == [2])
        fill([2])
        let done = try await ask(.post, "/api/uploads/complete", ["token": token])
        #expect(done.status == .accepted)
        #expect(try done.object["state"] as? String == "incoming")
        let id = try #require(try done.object["id"] as? String).description
        try await bench.gallery.ingest(try #require(ImageID(id)))
        let again = try await ask(.post, "/api/uploads/complete", ["token": token])
        #expect(again.status == .ok)
        #expect(try again.object["meta"] as? String == "7x5")
        let late = try await ask(.delete, "/api/uploads", ["token": token])
        #expect(late.status == .conflict)
        #expect(try code(late) == "already-complete")
    }

    @Test("an aborted upload is gone for good")
    func abort() async throws {
        let token = try await token()
        for _ in 0..<2 {
            #expect(try await ask(.delete, "/api/uploads", ["token": token]).status == .noContent)
        }
        for response in [
            try await bench.ask(.get, "/api/uploads/parts?token=\(token)"),
            try await ask(.post, "/api/uploads/complete", ["token": token]),
        ] {
            #expect(response.status == .notFound)
            #expect(try code(response) == "upload-gone")
        }
    }
}
