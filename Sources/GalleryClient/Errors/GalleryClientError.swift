/// Why a request to the gallery came to no good end.
package enum GalleryClientError: Error, Equatable, CustomStringConvertible {
    /// The gallery refused, and says why.
    case refused(ServerProblem)
    /// Nothing answered, for as long as was waited.
    case unreachable(reason: String)
    /// Something answered that is no gallery.
    case notAGallery(reason: String)

    package var description: String {
        switch self {
        case .refused(let problem): TerminalText.harmless(problem.detail)
        case .unreachable(let reason): "the gallery cannot be reached: \(reason)"
        case .notAGallery(let reason): "what answers is not an imgn gallery: \(reason)"
        }
    }

    /// The refusal's word, if it is one.
    package var code: ServerProblem.Code? {
        guard case .refused(let problem) = self else { return nil }
        return problem.code
    }
}
