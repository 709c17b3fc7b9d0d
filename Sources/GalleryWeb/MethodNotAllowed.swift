import HTTPTypes
import Hummingbird

/// A known path was asked with a method that it does not take.
struct MethodNotAllowed: Error {
    private static let all: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete]

    let allowed: [HTTPRequest.Method]

    /// For the field `Allow` (RFC 9110 §15.5.6).
    var allow: String { allowed.map(\.rawValue).joined(separator: ", ") }

    /// The methods to refuse.
    var refused: [HTTPRequest.Method] { Self.all.filter { !allowed.contains($0) } }
}

extension Router {
    /// Makes a path answer 405 to every method but these.
    func refuseMethods(on path: RouterPath, except allowed: [HTTPRequest.Method]) {
        let refusal = MethodNotAllowed(allowed: allowed)
        for method in refusal.refused {
            on(path, method: method) { _, _ -> Response in throw refusal }
        }
    }
}
