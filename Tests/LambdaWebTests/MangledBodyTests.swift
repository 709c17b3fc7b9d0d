import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import LambdaWeb

@Suite("Bodies that a gateway has ruined")
struct MangledBodyTests {
    private static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, 0x4A, 0x46]

    /// What a gateway makes of bytes that it takes for text.
    private static func asText(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func form(_ file: [UInt8], type: String = "image/jpeg", caption: String = "hi") -> [UInt8] {
        let head = "--b\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\n\(caption)\r\n--b\r\n"
        let part = "Content-Disposition: form-data; name=\"file\"; filename=\"ä.jpg\"\r\n"
        let line = type.isEmpty ? "\r\n" : "Content-Type: \(type)\r\n\r\n"
        return Array((head + part + line).utf8) + file + Array("\r\n--b--\r\n".utf8)
    }

    private func post(_ body: String, _ type: String?, isBase64: Bool = false) async throws -> [String: Any] {
        let event = Events.rest([
            "httpMethod": "POST", "body": body, "isBase64Encoded": isBase64,
            "multiValueHeaders": type.map { ["Content-Type": [$0]] } ?? [:],
        ])
        return try await EventBench { _, _ in Response(status: .created) }.answer(event)
    }

    @Test("a form with a picture says what happened, that presigned URLs avoid it, and which setting cures it")
    func lesson() async throws {
        let answer = try await post(Self.asText(Self.form(Self.jpeg)), "multipart/form-data; boundary=b")
        #expect(answer["statusCode"] as? Int == 415)
        let headers = answer["headers"] as? [String: String]
        #expect(headers?["Content-Type"] == "application/problem+json")
        let body = try #require(answer["body"] as? String)
        let problem = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
        #expect(problem?["code"] as? String == "binary-body-mangled" && problem?["status"] as? Int == 415)
        let detail = try #require(problem?["detail"] as? String)
        #expect(detail.contains("4 times U+FFFD") && detail.contains("presigned URL (POST /api/uploads)"))
        #expect(detail.contains("`BinaryMediaTypes: multipart/form-data`"))
    }

    @Test("the same form in base64 goes through")
    func cured() async throws {
        let body = Data(Self.form(Self.jpeg)).base64EncodedString()
        let answer = try await post(body, "multipart/form-data; boundary=b", isBase64: true)
        #expect(answer["statusCode"] as? Int == 201)
    }

    @Test(
        "raw uploads are found out too, and the setting is named for their type",
        arguments: ["image/jpeg", "IMAGE/PNG; x=y", "application/octet-stream", "video/mp4"]
    )
    func raw(type: String) async throws {
        let answer = try await post(Self.asText(Self.jpeg), type)
        #expect(answer["statusCode"] as? Int == 415)
        let essence = type.lowercased().prefix { $0 != ";" }
        #expect((answer["body"] as? String)?.contains("BinaryMediaTypes: \(essence)`") == true)
    }

    @Test("bytes without a type are found out, JSON is let through")
    func untyped() async throws {
        #expect(try await post(Self.asText(Self.jpeg), nil)["statusCode"] as? Int == 415)
        #expect(try await post(" {\"name\":\"\u{FFFD}\"}", nil)["statusCode"] as? Int == 201)
    }

    @Test("U+FFFD in what is text is a character like others")
    func legitimate() async throws {
        let caption = Self.asText(Self.form(Array("GIF89a".utf8), caption: "a \u{FFFD} b"))
        #expect(try await post(caption, "multipart/form-data; boundary=b")["statusCode"] as? Int == 201)
        let text = Self.asText(Self.form(Array("x \u{FFFD}".utf8), type: "text/plain"))
        #expect(try await post(text, "multipart/form-data; boundary=b")["statusCode"] as? Int == 201)
        for type in ["text/plain", "application/json", "image/svg+xml", "application/x-www-form-urlencoded"] {
            #expect(try await post("\u{FFFD}", type)["statusCode"] as? Int == 201, "\(type)")
        }
    }

    @Test("a file without a type, a compressed body and an escaped U+FFFD are found out")
    func variants() async throws {
        let untyped = Self.asText(Self.form(Self.jpeg, type: ""))
        #expect(try await post(untyped, "multipart/form-data; boundary=\"b\"")["statusCode"] as? Int == 415)
        let event = Events.http(
            [
                "headers": ["content-type": "application/json", "content-encoding": "gzip"],
                "body": Self.asText([0x1F, 0x8B, 0x08]),
            ],
            method: "POST"
        )
        #expect(try await EventBench().answer(event)["statusCode"] as? Int == 415)
        let escaped = #"{"httpMethod":"POST","path":"/","headers":{"content-type":"image/gif"},"body":"GIF\ufffd"}"#
        #expect(try await EventBench().answer(text: ByteBuffer(string: escaped))["statusCode"] as? Int == 415)
    }

    @Test("a form that breaks is the route's to refuse, but what was ruined before is found")
    func brokenForms() async throws {
        let whole = Self.asText(Self.form(Self.jpeg))
        for count in 0..<whole.unicodeScalars.count {
            let part = String(String.UnicodeScalarView(whole.unicodeScalars.prefix(count)))
            let status = try await post(part, "multipart/form-data; boundary=b")["statusCode"] as? Int
            #expect(status == 201 || status == 415)
        }
        let noBoundary = try await post(whole, "multipart/form-data")
        #expect(noBoundary["statusCode"] as? Int == 201)
    }
}
