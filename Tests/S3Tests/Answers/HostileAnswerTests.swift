import AWSTransport
import HTTPTypes
import S3
import Testing

@Suite("Answers that make no sense")
struct HostileAnswerTests {
    private static let listing = """
        <?xml version="1.0" encoding="UTF-8"?><ListBucketResult><EncodingType>url</EncodingType>\
        <IsTruncated>true</IsTruncated><NextContinuationToken>more</NextContinuationToken><Contents><Key>a%20b</Key>\
        <LastModified>2025-01-02T03:04:05.678Z</LastModified><ETag>&quot;abc&quot;</ETag><Size>7</Size></Contents>\
        </ListBucketResult>
        """

    @Test("every cut of a listing is refused, and the whole is read")
    func truncated() async throws {
        let bucket = try Bench.location().bucket
        for length in 1..<Self.listing.utf8.count {
            let store = ScriptedExchange([.whole(.ok, [:], String(Self.listing.prefix(length)))])
            await #expect(
                "\(length) bytes",
                performing: {
                    _ = try await S3Client(store).listObjects(in: bucket)
                },
                throws: { ($0 as? AWSError)?.kind == .badAnswer }
            )
        }
        let page = try await S3Client(ScriptedExchange([.whole(.ok, [:], Self.listing)])).listObjects(in: bucket)
        #expect(page.objects.map(\.key) == ["a b"])
        #expect(page.objects.first?.etag?.value == "abc")
        #expect(page.objects.first?.lastModified == Bench.now)
        #expect(page.next == "more")
    }

    @Test("XML without end is given up after eight megabytes")
    func endless() async throws {
        let count = PieceCount()
        let store = ScriptedExchange([.endless("<ListBucketResult><Name>", counting: count)])
        await #expect(
            performing: {
                _ = try await S3Client(store).listObjects(in: Bench.location().bucket)
            },
            throws: { ($0 as? AWSError)?.kind == .badAnswer }
        )
        #expect(count.count < 140)
    }

    @Test(
        "a listing with nonsense in one place is refused",
        arguments: [
            ("<Size>7</Size>", "<Size>-7</Size>"), ("<Size>7</Size>", "<Size>+7</Size>"), ("<Size>7</Size>", ""),
            ("<Size>7</Size>", "<Size>99999999999999999999</Size>"), ("<Size>7</Size>", "<Size>7.0</Size>"),
            ("<Key>a%20b</Key>", ""), ("<Key>a%20b</Key>", "<Key>%FF</Key>"), ("<Key>a%20b</Key>", "<Key>%2</Key>"),
            ("true", "perhaps"), ("url", "base64"), ("<NextContinuationToken>more</NextContinuationToken>", ""),
            ("2025-01-02", "2025-13-02"), ("2025-01-02T03:04:05.678Z", "yesterday"),
            ("ListBucketResult", "ListAllMyBucketsResult"), ("<?xml", "<!DOCTYPE a><?xml"),
        ]
    )
    func nonsense(from sense: String, to nonsense: String) async throws {
        let text = Self.listing.replacing(sense, with: nonsense)
        try #require(text != Self.listing)
        let store = ScriptedExchange([.whole(.ok, [:], text)])
        await #expect(
            performing: {
                _ = try await S3Client(store).listObjects(in: Bench.location().bucket)
            },
            throws: { ($0 as? AWSError)?.kind == .badAnswer }
        )
    }

    @Test("an error inside a 200 is an error, with its code and ids")
    func errorInside() async throws {
        let document = """


            <?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>No.</Message>\
            <RequestId>R1</RequestId><HostId>H1</HostId></Error>
            """
        let location = try Bench.location()
        let upload = try Bench.upload("u")
        let client = try S3Client(ScriptedExchange([.whole(.ok, [:], document), .whole(.ok, [:], document)]))
        let refused: @Sendable (any Error) -> Bool = { error in
            let error = error as? AWSError
            return error?.code == "AccessDenied" && error?.requestID == "R1" && error?.hostID == "H1"
        }
        await #expect(
            performing: { try await client.copyObject(ObjectCopy(of: location), to: location) },
            throws: refused
        )
        await #expect(performing: { try await client.completeMultipart(upload, []) }, throws: refused)
    }

    @Test("an error inside a 200 that will pass is tried again, three times at most")
    func passingErrorInside() async throws {
        let busy = "<Error><Code>InternalError</Code><Message>Again.</Message></Error>"
        let done = "<CopyObjectResult><ETag>new</ETag></CopyObjectResult>"
        let location = try Bench.location()
        let lucky = ScriptedExchange([.whole(.ok, [:], busy), .whole(.ok, [:], busy), .whole(.ok, [:], done)])
        #expect(try await S3Client(lucky).copyObject(ObjectCopy(of: location), to: location)?.etag?.value == "new")
        let unlucky = ScriptedExchange((0..<9).map { _ in .whole(.ok, [:], busy) })
        await #expect(
            performing: { try await S3Client(unlucky).copyObject(ObjectCopy(of: location), to: location) },
            throws: { ($0 as? AWSError)?.code == "InternalError" }
        )
        #expect(unlucky.requests.count == 3)
    }

    @Test("pages of parts that do not go forward are refused instead of read for ever")
    func circle() async throws {
        let page = """
            <ListPartsResult><IsTruncated>true</IsTruncated><NextPartNumberMarker>1</NextPartNumberMarker>\
            <Part><PartNumber>1</PartNumber><ETag>"a"</ETag><Size>5</Size></Part></ListPartsResult>
            """
        let again = page.replacing("<PartNumber>1<", with: "<PartNumber>2<")
        let store = ScriptedExchange([.whole(.ok, [:], page), .whole(.ok, [:], again)])
        await #expect(
            performing: {
                _ = try await S3Client(store).parts(of: Bench.upload("u"))
            },
            throws: { ($0 as? AWSError)?.kind == .badAnswer }
        )
        #expect(store.requests.count == 2)
    }

    @Test(
        "a checksum that is none is refused",
        arguments: ["", "AAAA", "not base64", "-", "47DEQpj8HBSa-_TImW5JCeuQeRkm5NMpJWZG3hSuFU="]
    )
    func checksum(text: String) async throws {
        var headers: HTTPFields = [.contentLength: "5"]
        headers[try #require(HTTPField.Name("x-amz-checksum-sha256"))] = text
        let store = ScriptedExchange([.whole(.ok, headers)])
        await #expect(
            performing: {
                _ = try await S3Client(store).headObject(Bench.location())
            },
            throws: { ($0 as? AWSError)?.kind == .badAnswer }
        )
    }
}
