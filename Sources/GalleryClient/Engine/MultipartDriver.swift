/// Does what a ``MultipartMachine`` says, and tells it what came of it.
struct MultipartDriver: Sendable {
    let tools: UploadTools
    let api: GalleryAPI
    let file: LocalFile
    let token: String
    let meter: UploadMeter

    private typealias Job = MultipartMachine.Event

    /// Sends what is missing and has the parts joined.
    ///
    /// - Parameters:
    ///   - upload: What is sent, and how.
    ///   - stored: What the store has already.
    /// - Throws: ``UploadFailure``, ``GalleryClientError``, or `CancellationError`; the slots are given back.
    func run(_ upload: MultipartUpload, stored: [StoredPart]) async throws {
        var machine = MultipartMachine(upload, stored: stored, at: tools.timing.now())
        for number in machine.storedNumbers { settle(number, upload.plan, wasThere: true) }
        try await withThrowingTaskGroup(of: Job.self) { group in
            do {
                try await drive(&machine, &group)
            } catch {
                group.cancelAll()
                // A slot that was granted in this moment is found among the results.
                while let result = await group.nextResult() {
                    if case .success(.granted(let count)) = result { tools.budget.release(count) }
                }
                tools.budget.release(machine.heldSlots)
                throw error
            }
        }
    }

    private func drive(
        _ machine: inout MultipartMachine,
        _ group: inout ThrowingTaskGroup<Job, any Error>
    ) async throws {
        for command in machine.next() { begin(command, machine.plan, &group) }
        while !machine.isFinished {
            guard let event = try await group.next() else { throw CancellationError() }
            if case .answered(let number, .stored) = event { settle(number, machine.plan) }
            let commands = try machine.receive(event, at: tools.timing.now())
            for command in commands + machine.next() { begin(command, machine.plan, &group) }
        }
    }

    private func begin(
        _ command: MultipartMachine.Command,
        _ plan: PartPlan,
        _ group: inout ThrowingTaskGroup<Job, any Error>
    ) {
        switch command {
        case .release(let count): tools.budget.release(count)
        case .acquire(let limit): group.addTask { .granted(try await tools.budget.acquire(upTo: limit)) }
        case .sign(let claims): group.addTask { .signed(try await api.sign(claims, token: token)) }
        case .send(let part): group.addTask { try await send(part, plan) }
        case .rest(let number, let duration):
            group.addTask {
                try await tools.timing.sleep(duration)
                return .rested(number)
            }
        case .rehash(let number):
            group.addTask { .rehashed(number, try await file.digest(of: plan.range(of: number))) }
        case .complete: group.addTask { try await complete() }
        }
    }

    private func send(_ part: SignedPart, _ plan: PartPlan) async throws -> Job {
        let range = plan.range(of: part.number)
        let shipment = StoreTransfer.Shipment(url: part.url, headers: part.headers, file: file, range: range)
        let answer = try await tools.store.send(shipment) { meter.moved(part: part.number, to: $0) }
        if case .transient(let fault) = answer { meter.waits(for: fault.reason) }
        return .answered(part.number, answer)
    }

    private func complete() async throws -> Job {
        guard file.isUnchanged else { throw UploadFailure.fileChanged }
        meter.enter(.looking)
        do {
            _ = try await api.complete(token: token)
            return .completed
        } catch GalleryClientError.refused(let problem) where problem.code == .incompleteUpload {
            meter.enter(.sending)
            return .incomplete(problem.missing ?? [])
        } catch GalleryClientError.refused(let problem) where problem.code == .alreadyComplete {
            return .completed
        }
    }

    private func settle(_ number: Int, _ plan: PartPlan, wasThere: Bool = false) {
        let range = plan.range(of: number)
        meter.stored(part: number, size: range.upperBound - range.lowerBound, wasThere: wasThere)
    }
}
