import AWSTransport
import SigV4
import Synchronization
import Testing

@Suite("Cached credentials")
struct CachedCredentialsTests {
    private let start = TestClock.start
    private let broken = AWSError(.credentials, "broken")

    /// A source whose answers are given one by one, and whose questions are counted.
    private final class Source: Sendable {
        private let answers: Mutex<[Result<Credentials, AWSError>]>
        private let count = Mutex(0)

        init(_ answers: [Result<Credentials, AWSError>]) {
            self.answers = Mutex(answers)
        }

        /// How often it was asked.
        var asked: Int { count.withLock { $0 } }

        /// What it says: the answers in order, the last one again and again.
        func next() throws(AWSError) -> Credentials {
            count.withLock { $0 += 1 }
            return try answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }.get()
        }

        /// Before this source, a cache.
        var cached: CachedCredentials {
            CachedCredentials { _ throws(AWSError) in try self.next() }
        }
    }

    @Test("are asked for once while they live, and renewed five minutes before they expire")
    func renewed() async throws {
        let source = Source([
            .success(.temporary("A", until: start.plus(3600))), .success(.temporary("B", until: start.plus(7200))),
        ])
        let cached = source.cached
        for second in [0, 60, 3300] as [Int64] {
            #expect(try await cached.credentials(at: start.plus(second)).accessKeyID == "A")
        }
        #expect(source.asked == 1)
        #expect(try await cached.credentials(at: start.plus(3301)).accessKeyID == "B")
        #expect(source.asked == 2)
    }

    @Test("that never expire are asked for once")
    func lasting() async throws {
        let source = Source([.success(.lasting)])
        let cached = source.cached
        _ = try await cached.credentials(at: start)
        _ = try await cached.credentials(at: start.plus(1_000_000), livingFor: 1_000_000)
        #expect(source.asked == 1)
    }

    @Test("still alive are used on when renewing fails, with a minute between the tries")
    func stale() async throws {
        let source = Source([.success(.temporary("A", until: start.plus(3600))), .failure(broken)])
        let cached = source.cached
        for second in [0, 3400, 3401, 3459] as [Int64] {
            #expect(try await cached.credentials(at: start.plus(second)).accessKeyID == "A")
        }
        #expect(source.asked == 2)
        #expect(try await cached.credentials(at: start.plus(3460)).accessKeyID == "A")
        #expect(source.asked == 3)
        await #expect(throws: broken) { try await cached.credentials(at: start.plus(3700)) }
    }

    @Test("to presign with are renewed when they live too short, but not again and again")
    func longLived() async throws {
        let source = Source([
            .success(.temporary("A", until: start.plus(3600))), .success(.temporary("B", until: start.plus(4600))),
        ])
        let cached = source.cached
        #expect(try await cached.credentials(at: start).accessKeyID == "A")
        #expect(try await cached.credentials(at: start.plus(1000), livingFor: 2600).accessKeyID == "A")
        #expect(try await cached.credentials(at: start.plus(1000), livingFor: 3600).accessKeyID == "B")
        #expect(try await cached.credentials(at: start.plus(1010), livingFor: 86_400).accessKeyID == "B")
        #expect(source.asked == 2)
    }

    @Test("dead on arrival are used for a minute: it may be our clock")
    func deadOnArrival() async throws {
        let source = Source([.success(.temporary("A", until: start.plus(-600)))])
        let cached = source.cached
        _ = try await cached.credentials(at: start)
        _ = try await cached.credentials(at: start.plus(59))
        #expect(source.asked == 1)
        _ = try await cached.credentials(at: start.plus(60))
        #expect(source.asked == 2)
    }

    @Test("that were refused are not used again, not even when renewing fails")
    func refused() async throws {
        let first = Credentials.temporary("A", until: start.plus(3600))
        let source = Source([.success(first), .failure(broken), .success(.temporary("B"))])
        let cached = source.cached
        _ = try await cached.credentials(at: start)
        cached.refused(.temporary("other"))
        #expect(try await cached.credentials(at: start) == first)
        cached.refused(first)
        await #expect(throws: broken) { try await cached.credentials(at: start) }
        #expect(try await cached.credentials(at: start).accessKeyID == "B")
    }
}

@Suite("Many callers, one question")
struct CoalescedCredentialsTests {
    private let start = TestClock.start

    /// A cache whose source waits until the test says what it finds; tells when it is asked.
    private struct Held {
        let cached: CachedCredentials
        let asked: AsyncStream<Void>
        let answer: AsyncStream<Result<Credentials, AWSError>>.Continuation

        init() {
            let (asked, asking) = AsyncStream<Void>.makeStream()
            let (answers, answer) = AsyncStream<Result<Credentials, AWSError>>.makeStream()
            self.asked = asked
            self.answer = answer
            cached = CachedCredentials { _ throws(AWSError) in
                asking.yield()
                for await answer in answers { return try answer.get() }
                throw AWSError(.cancelled, "")
            }
        }

        /// Asks, and expects this key.
        func expect(_ key: String, at now: SigningDate) async throws {
            let credentials = try await cached.credentials(at: now)
            #expect(credentials.accessKeyID == key)
        }

        /// Waits until somebody asks.
        func whenAsked() async {
            for await _ in asked { return }
        }
    }

    /// Runs callers at once, answers the first question when it was asked, and gives what they got.
    private func callers(_ count: Int, _ answer: Result<Credentials, AWSError>) async -> [Result<String, AWSError>] {
        let held = Held()
        return await withTaskGroup(of: Result<String, AWSError>.self) { group in
            for _ in 0..<count {
                group.addTask {
                    do throws(AWSError) {
                        return .success(try await held.cached.credentials(at: start).accessKeyID)
                    } catch {
                        return .failure(error)
                    }
                }
            }
            await held.whenAsked()
            held.answer.yield(answer)
            held.answer.finish()
            var results: [Result<String, AWSError>] = []
            for await result in group { results.append(result) }
            return results
        }
    }

    @Test("all get what the first one was given")
    func shared() async {
        let results = await callers(100, .success(.temporary("A", until: start.plus(3600))))
        #expect(results.count == 100)
        #expect(results.allSatisfy { $0 == .success("A") })
    }

    @Test("a caller that is cancelled while it waits leaves at once, and the others still get theirs")
    func waiterCancelled() async throws {
        let held = Held()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await held.expect("A", at: start) }
            await held.whenAsked()
            await withTaskGroup(of: Void.self) { waiters in
                waiters.addTask {
                    let error = await #expect(throws: AWSError.self) { try await held.cached.credentials(at: start) }
                    #expect(error?.kind == .cancelled)
                }
                waiters.cancelAll()
            }
            held.answer.yield(.success(.temporary("A")))
            try await group.waitForAll()
        }
    }

    @Test("when the caller that asks is cancelled, one of those that wait asks in its place")
    func askerCancelled() async throws {
        let held = Held()
        try await withThrowingTaskGroup(of: Void.self) { group in
            await withTaskGroup(of: Void.self) { askers in
                askers.addTask {
                    let error = await #expect(throws: AWSError.self) { try await held.cached.credentials(at: start) }
                    #expect(error?.kind == .cancelled)
                }
                await held.whenAsked()
                group.addTask { try await held.expect("A", at: start) }
                held.answer.yield(.failure(AWSError(.cancelled, "")))
            }
            await held.whenAsked()
            held.answer.yield(.success(.temporary("A")))
            try await group.waitForAll()
        }
    }

    @Test("while the old ones live, only one caller waits for the new ones")
    func nobodyWaits() async throws {
        let held = Held()
        held.answer.yield(.success(.temporary("A", until: start.plus(3600))))
        try await held.expect("A", at: start)
        await held.whenAsked()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await held.expect("B", at: start.plus(3500)) }
            await held.whenAsked()
            try await held.expect("A", at: start.plus(3500))
            held.answer.yield(.success(.temporary("B", until: start.plus(7200))))
            try await group.waitForAll()
        }
    }
}
