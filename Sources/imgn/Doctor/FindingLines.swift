import GalleryAWS

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Words a finding for people, or for programs.
struct FindingLines {
    let isJSON: Bool

    private struct JSON: Encodable {
        let check: String
        let verdict: String
        let detail: String
        let remedy: String?
    }

    /// One line, with the remedy indented below it; or one JSON object.
    func text(_ finding: Finding) -> String {
        guard isJSON else { return words(finding) }
        let json = JSON(
            check: finding.check,
            verdict: finding.verdict.rawValue,
            detail: finding.detail,
            remedy: finding.remedy
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(json)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private func words(_ finding: Finding) -> String {
        let mark =
            switch finding.verdict {
            case .fine: "ok     "
            case .advice: "advice "
            case .fault: "FAULT  "
            case .skipped: "skipped"
            }
        let remedy = (finding.remedy ?? "").split(whereSeparator: \.isNewline).map { "\n          \($0)" }.joined()
        return "\(mark)  \(finding.check): \(finding.detail)\(remedy)"
    }
}
