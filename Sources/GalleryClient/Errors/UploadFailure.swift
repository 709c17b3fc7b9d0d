/// Why a file did not get into the store, in a sentence with a way out.
package enum UploadFailure: Error, Equatable, CustomStringConvertible {
    /// The file cannot be read; the system's words.
    case unreadable(String)
    /// There is not one byte in it.
    case empty
    /// Its bytes are others than when it was hashed.
    case fileChanged
    /// The same bytes arrived damaged, twice.
    case damagedOnTheWay
    /// The store refused what the gallery had signed.
    case storeRefused(status: Int, code: String?, message: String?)
    /// The store no longer knows the upload.
    case uploadGone
    /// No byte moved for as long as one may wait.
    case gaveUp(reason: String)
    /// The store keeps losing parts that it had acknowledged.
    case partsVanish([Int])
    /// The gallery did not look at it in time.
    case notLookedAt

    package var description: String {
        switch self {
        case .unreadable(let reason): "it cannot be read: \(reason)"
        case .empty: "it is empty"
        case .fileChanged: "it changed while it was being sent; try again when nothing writes to it"
        case .damagedOnTheWay: "its bytes arrive damaged; something between here and the store changes them"
        case .storeRefused(let status, let code, let message):
            "the store refused it with \(status)\(code.map { " \($0)" } ?? "")\(message.map { ": \($0)" } ?? "")"
        case .uploadGone: "the store no longer knows this upload; run the same command again to start over"
        case .gaveUp(let reason): "given up: \(reason); run the same command again to go on"
        case .partsVanish(let numbers):
            "the store lost parts that it had taken: \(numbers.prefix(5).map(String.init).joined(separator: ", "))"
        case .notLookedAt: "it was sent, but the gallery has not looked at it yet; it may still appear"
        }
    }
}
