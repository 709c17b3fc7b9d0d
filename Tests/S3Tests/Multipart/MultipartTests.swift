import AWSTransport
import Crypto
import Foundation
import HTTPTypes
import NIOCore
import S3
import Testing

@Suite("An upload in parts")
struct MultipartTests {
    private static let sha256 = Array(SHA256.hash(data: Data("hello".utf8)))

    private func upload() throws -> MultipartUpload { try Bench.upload("u/1") }

    @Test(
        "has an id, or a request for it would be one for the object",
        arguments: ["", String(repeating: "a", count: 1025)]
    )
    func noID(id: String) throws {
        #expect(MultipartUpload(try Bench.location(), id: id) == nil)
    }

    @Test("begins by asking for checksums of its parts")
    func create() async throws {
        let answer = "<InitiateMultipartUploadResult><UploadId>u/1</UploadId></InitiateMultipartUploadResult>"
        let store = ScriptedExchange([.whole(.ok, [:], answer)])
        let settings = ObjectSettings(contentType: "image/png")
        #expect(try await S3Client(store).createMultipart(Bench.location(), settings) == upload())
        let request = try #require(store.requests.first)
        #expect(request.method == .post && request.target == "/imgn/some/key?uploads")
        #expect(request.headers["x-amz-checksum-algorithm"] == "SHA256")
        #expect(request.headers[.contentType] == "image/png")
    }

    @Test("asks for no checksums when its parts will bring none")
    func createWithout() async throws {
        let answer = "<InitiateMultipartUploadResult><UploadId>u/1</UploadId></InitiateMultipartUploadResult>"
        let store = ScriptedExchange([.whole(.ok, [:], answer)])
        _ = try await S3Client(store).createMultipart(Bench.location(), bindsChecksums: false)
        #expect(try #require(store.requests.first).headers["x-amz-checksum-algorithm"] == nil)
    }

    @Test("sends each part with its digest")
    func part() async throws {
        let store = ScriptedExchange([.whole(.ok, [.eTag: "\"abc\""])])
        let part = try await S3Client(store).uploadPart(3, of: upload(), .bytes(ByteBuffer(string: "hello")))
        #expect(part == UploadedPart(number: 3, etag: try #require(ETag("abc")), byteCount: 5, sha256: Self.sha256))
        let request = try #require(store.requests.first)
        #expect(request.target == "/imgn/some/key?partNumber=3&uploadId=u%2F1")
        #expect(request.headers["x-amz-checksum-sha256"] == Data(Self.sha256).base64EncodedString())
    }

    @Test("is completed by a document that names every part with its digest; an empty tag is no tag")
    func complete() async throws {
        let answer = "<CompleteMultipartUploadResult><ETag></ETag></CompleteMultipartUploadResult>"
        let store = ScriptedExchange([.whole(.ok, [:], answer)])
        let parts = [UploadedPart(number: 1, etag: try #require(ETag("abc")), sha256: Self.sha256)]
        let written = try await S3Client(store).completeMultipart(upload(), parts, condition: .ifAbsent)
        #expect(written.etag == nil)
        let request = try #require(store.requests.first)
        #expect(request.headers[.ifNoneMatch] == "*")
        guard case .bytes(let body) = request.body else { throw Bench.BadName() }
        #expect(
            String(buffer: body).hasSuffix(
                "<Part><PartNumber>1</PartNumber><ETag>&quot;abc&quot;</ETag>"
                    + "<ChecksumSHA256>\(Data(Self.sha256).base64EncodedString())</ChecksumSHA256></Part>"
                    + "</CompleteMultipartUpload>"
            )
        )
    }

    @Test("lists its parts over all pages")
    func list() async throws {
        func page(_ numbers: ClosedRange<Int>, next: Int?) -> ScriptedExchange.Answer {
            let parts = numbers.map {
                "<Part><PartNumber>\($0)</PartNumber><ETag>\"e\($0)\"</ETag><Size>5</Size></Part>"
            }
            let marker = next.map {
                "<IsTruncated>true</IsTruncated><NextPartNumberMarker>\($0)</NextPartNumberMarker>"
            }
            return .whole(.ok, [:], "<ListPartsResult>\(marker ?? "")\(parts.joined())</ListPartsResult>")
        }
        let store = ScriptedExchange([page(1...1000, next: 1000), page(1001...1003, next: nil)])
        let parts = try #require(try await S3Client(store).parts(of: upload()))
        #expect(parts.map(\.number) == Array(1...1003))
        #expect(parts.last?.etag.value == "e1003" && parts.last?.byteCount == 5)
        #expect(store.requests.map(\.target).last == "/imgn/some/key?uploadId=u%2F1&part-number-marker=1000")
    }

    @Test("takes the last one where the store lists a replaced part, too")
    func replaced() async throws {
        func part(_ number: Int, _ etag: String, _ second: Int) -> String {
            """
            <Part><PartNumber>\(number)</PartNumber><ETag>\(etag)</ETag><Size>5</Size>\
            <LastModified>2025-01-02T03:04:0\(second)Z</LastModified></Part>
            """
        }
        let listed = part(1, "new", 6) + part(1, "old", 5) + part(2, "old", 5) + part(2, "new", 6)
        let store = ScriptedExchange([.whole(.ok, [:], "<ListPartsResult>\(listed)</ListPartsResult>")])
        let parts = try #require(try await S3Client(store).parts(of: upload()))
        #expect(parts.map(\.number) == [1, 2] && parts.map(\.etag.value) == ["new", "new"])
        let mixed = "<ListPartsResult>\(part(2, "a", 5) + part(1, "b", 5))</ListPartsResult>"
        await #expect(
            performing: { _ = try await S3Client(ScriptedExchange([.whole(.ok, [:], mixed)])).parts(of: upload()) },
            throws: { ($0 as? AWSError)?.kind == .badAnswer }
        )
    }

    @Test("that is gone has no parts, and may be dropped again")
    func gone() async throws {
        let gone = (0..<3).map { _ in
            ScriptedExchange.Answer.whole(.notFound, [:], "<Error><Code>NoSuchUpload</Code></Error>")
        }
        let client = try S3Client(ScriptedExchange(gone))
        #expect(try await client.parts(of: upload()) == nil)
        try await client.abortMultipart(upload())
        await #expect(
            performing: { try await client.completeMultipart(upload(), []) },
            throws: {
                ($0 as? AWSError)?.isNoSuchUpload == true
            }
        )
    }

    @Test("is found by the sweep, with the moment it began")
    func listUploads() async throws {
        let answer = """
            <ListMultipartUploadsResult><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>\
            <NextKeyMarker>some%2Fkey</NextKeyMarker><NextUploadIdMarker>u/1</NextUploadIdMarker><Upload>\
            <Key>some%2Fkey</Key><UploadId>u/1</UploadId><Initiated>2025-01-02T03:04:05.000Z</Initiated></Upload>\
            </ListMultipartUploadsResult>
            """
        let store = ScriptedExchange([.whole(.ok, [:], answer)])
        let page = try await S3Client(store).listMultiparts(in: Bench.location().bucket, prefix: "some/")
        #expect(page.uploads.map(\.upload) == [try upload()])
        #expect(page.uploads.first?.initiated == Bench.now)
        #expect(page.next?.key == "some/key" && page.next?.id == "u/1")
    }
}
