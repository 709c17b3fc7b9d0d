import GalleryCore

/// What a camera noted, in one line: `Canon EOS R5 · RF50mm F1.8 STM · 50 mm · f/1.8 · 1/250 s · ISO 100`.
///
/// `ui/camera.js` says the same; both are tested with `ui/tests/vectors/camera.json`.
struct CameraText {
    /// Words of companies that say nothing of a camera, and are followed by more of that kind.
    private static let companyWords: Set<String> = [
        "corporation", "corp", "company", "co", "ltd", "inc", "gmbh", "ag", "imaging", "optical", "electric",
    ]
    private static let amounts = 1e-6...1e6

    /// `nil` when there is nothing to say.
    let line: String?

    init(_ notes: CameraNotes) {
        var parts = Self.devices(notes)
        if let focal = Self.amount(notes.focalLength) {
            parts.append(Self.focalText(focal, onFilm: Self.amount(notes.focalLengthOn35mm.map(Double.init))))
        }
        if let aperture = Self.amount(notes.aperture) { parts.append("f/\(Self.decimal(aperture))") }
        if let seconds = Self.amount(notes.exposureSeconds) { parts.append(Self.exposureText(seconds)) }
        if let number = Self.amount(notes.sensitivity.map(Double.init)) { parts.append("ISO \(Self.decimal(number))") }
        line = parts.isEmpty ? nil : parts.joined(separator: " · ")
    }

    /// Camera and lens; a make is left out where the model begins with a word of it, a lens that begins with the model.
    private static func devices(_ notes: CameraNotes) -> [String] {
        let maker = withoutCompany(PlainText(notes.make ?? "").description)
        let name = PlainText(notes.model ?? "").description
        let lens = PlainText(notes.lens ?? "").description
        let isNamed = maker.split(separator: " ").contains { $0.count > 1 && begins(name, with: $0) }
        let camera = isNamed || name.isEmpty || maker.isEmpty ? (name.isEmpty ? maker : name) : "\(maker) \(name)"
        let isOwn = !name.isEmpty && begins(lens, with: name)
        return [camera, isOwn ? "" : lens].filter { !$0.isEmpty }
    }

    private static func begins(_ text: String, with start: some StringProtocol) -> Bool {
        text.lowercased().hasPrefix(start.lowercased())
    }

    private static func withoutCompany(_ maker: String) -> String {
        let words = maker.split { $0 == " " || $0 == "," }
        let end = words.dropFirst().first { word in
            companyWords.contains(word.prefix { $0.isLetter || $0.isNumber }.lowercased())
        }
        guard let end else { return maker }
        let kept = maker[..<end.startIndex]
        return String(kept.dropLast(kept.reversed().prefix { $0 == " " || $0 == "," }.count))
    }

    private static func focalText(_ real: Double, onFilm film: Double?) -> String {
        guard let film, abs(film / real - 1) > 0.1 else { return "\(decimal(real)) mm" }
        return "\(decimal(real)) mm (\(decimal(film)) mm eq.)"
    }

    private static func exposureText(_ seconds: Double) -> String {
        seconds < 0.3 ? "1/\(decimal((1 / seconds).rounded())) s" : "\(decimal(seconds)) s"
    }

    /// A number that can be an amount of anything here; files may say infinity.
    private static func amount(_ number: Double?) -> Double? {
        number.flatMap { amounts.contains($0) ? $0 : nil }
    }

    private static func decimal(_ number: Double) -> String {
        let tenths = (number * 10).rounded() / 10
        return tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)"
    }
}

/// A word or two out of a file, for one line: no controls, no direction marks, 80 characters at most.
struct PlainText: CustomStringConvertible {
    private static let longest = 80

    let description: String

    init(_ text: String) {
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: text.unicodeScalars.filter { !Self.isInvisible($0) })
        let line = String(kept).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let cut = String(String.UnicodeScalarView(line.unicodeScalars.prefix(Self.longest)))
        description = cut.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: true
        case .format: scalar != "\u{200D}"  // the joiner that emoji are made with
        default: false
        }
    }
}
