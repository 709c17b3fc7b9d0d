@testable import GalleryClient

/// A machine under test, with a clock of its own and the commands it gave.
struct MachineBench {
    static let partSize: Int64 = 8

    private(set) var machine: MultipartMachine
    private(set) var commands: [MultipartMachine.Command] = []
    var now: Duration = .zero

    /// - Parameters:
    ///   - parts: How many parts the file has.
    ///   - parallel: The most parts under way.
    ///   - stored: What the store has already.
    init(parts: Int, parallel: Int = 4, stored: [StoredPart] = []) {
        let upload = MultipartUpload(
            plan: PartPlan(size: Int64(parts) * Self.partSize, partSize: Self.partSize),
            digests: (1...parts).map(Self.digest),
            parallel: parallel,
            retries: (.patient, { 0.5 })
        )
        machine = MultipartMachine(upload, stored: stored, at: .zero)
        commands = machine.next()
    }

    /// The digest that a part of the bench has.
    static func digest(_ number: Int) -> String { "digest-\(number)" }

    /// Tells the machine what happened.
    mutating func happens(_ event: MultipartMachine.Event) throws {
        commands = try machine.receive(event, at: now) + machine.next()
    }

    /// Signs what was asked to be signed last.
    mutating func sign() throws {
        let numbers = signing
        try happens(.signed(numbers.map { SignedPart(number: $0, url: "u\($0)", headers: [:]) }))
    }

    /// Grants what was asked for, and signs.
    mutating func startSending(_ slots: Int) throws {
        try happens(.granted(slots))
        try sign()
    }

    /// The numbers of the last signing request.
    var signing: [Int] {
        commands.flatMap { command -> [Int] in
            guard case .sign(let claims) = command else { return [] }
            return claims.map(\.number)
        }
    }

    /// The numbers that are to be sent now.
    var sending: [Int] {
        commands.compactMap { command in
            guard case .send(let part) = command else { return nil }
            return part.number
        }
    }

    /// The slots that were given back now.
    var released: Int {
        commands.reduce(0) { sum, command in
            guard case .release(let count) = command else { return sum }
            return sum + count
        }
    }
}
