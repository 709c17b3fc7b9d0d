import ArgumentParser
import GalleryClient
import ImageMetadata

/// `imgn strip`: a picture without what is private in its file.
struct StripCommand: ParsableCommand {
    /// The longest file that is read into memory.
    private static let byteLimit = 1 << 30

    static let configuration = CommandConfiguration(
        commandName: "strip",
        abstract: "Take private metadata out of a picture file, without touching a pixel.",
        discussion: """
            What goes: EXIF, XMP, IPTC, comments and other texts, times, thumbnails, further pictures in the file, \
            and what stands behind its end. What stays: pixels bit by bit, colour profile, orientation, animation. \
            Formats: JPEG, PNG, GIF, WebP, AVIF, HEIC.

            A file with nothing to take out is copied as it is. OUT may be FILE itself: it is replaced at once or not \
            at all.
            """
    )

    @Argument(help: ArgumentHelp("A picture file.", valueName: "file"))
    var file: String

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write the clean picture.", valueName: "out"))
    var output: String

    func run() throws {
        let bytes = try read()
        let clean: EditList
        do throws(ImageMetadataError) {
            let header = try ImageHeader(parsing: bytes[...])
            clean = try MetadataStripper(format: header.format).edits(of: bytes.span)
        } catch {
            throw StripFailure.picture(path: file, error)
        }
        do throws(DurableFile.Failure) {
            try DurableFile.create(path: output, bytes: clean.apply(to: bytes.span), mode: 0o644)
        } catch {
            throw StripFailure.output(path: output, reason: "\(error)")
        }
        let size = Figures.bytes(Int64(clean.byteCount))
        Console.out("\(output): \(size), \(clean.isIdentity ? "there was nothing to take out" : "cleaned")")
    }

    private func read() throws(StripFailure) -> [UInt8] {
        do throws(PictureFile.Failure) {
            let picture = try PictureFile(path: file)
            guard picture.byteCount <= Self.byteLimit else {
                throw PictureFile.Failure("it is larger than 1 GiB, which is the most")
            }
            return try picture.read(0..<picture.byteCount)
        } catch {
            throw .input(path: file, reason: "\(error)")
        }
    }
}

/// Why no clean picture was written; the output is as it was before.
enum StripFailure: CommandFailure {
    case input(path: String, reason: String)
    case picture(path: String, ImageMetadataError)
    case output(path: String, reason: String)

    var description: String {
        switch self {
        case .input(let path, let reason): "\(path) cannot be read: \(reason). Name a picture file."
        case .picture(let path, let error): "\(path) cannot be cleaned, and nothing was written. \(error)"
        case .output(let path, let reason): "\(path) cannot be written: \(reason). Choose another place with --output."
        }
    }

    var exitCode: ExitCode {
        switch self {
        case .input: ExitCode(66)  // EX_NOINPUT
        case .picture: ExitCode(65)  // EX_DATAERR
        case .output: ExitCode(73)  // EX_CANTCREAT
        }
    }
}
