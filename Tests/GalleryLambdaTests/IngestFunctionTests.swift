import GalleryCore
import GalleryTesting
import LambdaRuntime
import Logging
import NIOCore
import Testing

@testable import GalleryLambda

@Suite("The ingest function")
struct IngestFunctionTests {
    private struct StoreIsDown: Error {}

    private let bench = FunctionBench()
    private let picture = ImageBuilder.png(width: 3, height: 2)

    @Test("what a queue tells of is looked at, and nothing is delivered again")
    func queue() async throws {
        let (good, bad) = (bench.upload(picture), bench.upload(Array("not a picture".utf8)))
        let answer = try await bench.ask(bench.queue([("m1", good), ("m2", bad)]))
        #expect(answer == #"{"batchItemFailures":[]}"#)
        guard case .ready = try await bench.gallery.catalog.state(of: good) else { throw FunctionBench.Unexpected() }
        guard case .rejected = try await bench.gallery.catalog.state(of: bad) else { throw FunctionBench.Unexpected() }
        #expect(bench.numbers(["Ingested", "Rejected", "Failed", "ColdStart"]) == [[1, 1, 0, 1]])
    }

    @Test("an upload told of twice, after it was looked at, and one that is gone are fine")
    func again() async throws {
        let id = bench.upload(picture)
        let event = bench.queue([("m1", id), ("m2", id), ("m3", .random())])
        for _ in 1...2 { #expect(try await bench.ask(event) == #"{"batchItemFailures":[]}"#) }
        #expect(bench.numbers(["Ingested", "Gone", "ColdStart"]) == [[1, 1, 1], [1, 1, 0]])
        #expect(bench.storage.publishedCount == 1)
    }

    @Test("only the messages that failed for a reason that is not the picture's are delivered again")
    func partialFailure() async throws {
        let (good, bad) = (bench.upload(picture), bench.upload(picture))
        var function = bench.function
        let gallery = bench.gallery
        function.look = { id in
            if id == bad { throw GalleryError.storageUnavailable(operation: "read", underlying: StoreIsDown()) }
            return try await gallery.ingest(id)
        }
        let answer = try await bench.ask(bench.queue([("m1", good), ("m2", bad)]), of: function)
        #expect(answer == #"{"batchItemFailures":[{"itemIdentifier":"m2"}]}"#)
        #expect(try await gallery.catalog.state(of: bad) == nil)
        #expect(bench.numbers(["Ingested", "Failed"]) == [[1, 1]])
    }

    @Test("an upload that another worker is at is told of again")
    func busy() async throws {
        var function = bench.function
        function.look = { _ in .incoming }
        let answer = try await bench.ask(bench.queue([("m1", .random())]), of: function)
        #expect(answer == #"{"batchItemFailures":[{"itemIdentifier":"m1"}]}"#)
    }

    @Test("a message that cannot be read is delivered again, and put aside at last; one of another kind is not")
    func unreadable() async throws {
        let event = """
            {"Records":[{"eventSource":"aws:sqs","messageId":"m1","body":"nonsense"},\
            {"eventSource":"aws:sqs","messageId":"m2"},\
            {"eventSource":"aws:sqs","messageId":"m3","body":"{\\"Event\\":\\"s3:TestEvent\\"}"}]}
            """
        let answer = try await bench.ask(event)
        #expect(answer == #"{"batchItemFailures":[{"itemIdentifier":"m1"},{"itemIdentifier":"m2"}]}"#)
    }

    @Test("what there is no time for is reported before the end, also what is under way")
    func outOfTime() async throws {
        let (quick, slow) = (ImageID.random(), ImageID.random())
        var function = bench.function
        function.look = { id in
            if id == slow { try await Task.sleep(for: .seconds(60)) }
            return nil
        }
        let event = bench.queue([("m1", quick), ("m2", slow)])
        let answer = try await bench.ask(event, of: function, time: .milliseconds(300))
        #expect(answer == #"{"batchItemFailures":[{"itemIdentifier":"m2"}]}"#)
    }

    @Test("more uploads than are looked at at once all have their turn")
    func many() async throws {
        let ids = (1...40).map { _ in ImageID.random() }
        let gauge = Gauge()
        var function = bench.function
        function.look = { _ in
            gauge.enter()
            await Task.yield()
            gauge.leave()
            return nil
        }
        let answer = try await bench.ask(bench.queue(ids.map { ("m-\($0)", $0) }), of: function)
        #expect(answer == #"{"batchItemFailures":[]}"#)
        #expect(bench.numbers(["Gone"]) == [[40]])
        #expect(gauge.most <= function.configuration.concurrency)
    }

    @Test("without a queue a failure is an error, so that the event comes again")
    func straight() async throws {
        let id = bench.upload(picture)
        #expect(try await bench.ask(bench.notification(id)) == #"{"failed":0,"gone":0,"ingested":1,"rejected":0}"#)
        var function = bench.function
        function.look = { _ in throw StoreIsDown() }
        await #expect(throws: IngestIncomplete(count: 1)) { try await bench.ask(bench.notification(id), of: function) }
    }

    @Test("a sweep finds what nobody told of, page by page, and frees what is spent")
    func sweep() async throws {
        let ids = (1...5).map { bench.upload(ImageBuilder.png(width: $0, height: 2)) }
        var configuration = IngestFunction.Configuration()
        configuration.sweepPage = 2
        let function = bench.makeFunction(configuration)
        let event = #"{"detail-type":"Scheduled Event","source":"aws.events","detail":{}}"#
        #expect(try await bench.ask(event, of: function).contains(#""ingested":5"#))
        for id in ids { #expect(try await bench.storage.incoming(id) == nil) }
        #expect(try await bench.ask(event, of: function).contains(#""ingested":0"#))
    }

    @Test("other buckets and other folders are left alone")
    func foreign() async throws {
        let id = bench.upload(picture)
        let event = bench.notification(id).replacing("memory", with: "other")
        #expect(try await bench.ask(event) == #"{"failed":0,"gone":0,"ingested":0,"rejected":0}"#)
        #expect(try await bench.storage.incoming(id) != nil)
    }
}
