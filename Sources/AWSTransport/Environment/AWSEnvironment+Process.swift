#if canImport(Glibc)
    @unsafe @preconcurrency import Glibc
#elseif canImport(Musl)
    @unsafe @preconcurrency import Musl
#else
    import Darwin
#endif

extension AWSEnvironment {
    /// The variables that the process was started with, straight from the system: Foundation's way to them takes a
    /// noticeable part of a function's start.
    static func readProcessVariables() -> [String: String] {
        var variables: [String: String] = [:]
        guard var entry = unsafe environ as UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? else { return [:] }
        while let text = unsafe entry.pointee {
            let pair = unsafe String(cString: text)
            if let equals = pair.utf8.firstIndex(of: UInt8(ascii: "=")) {
                let name = String(pair[..<equals])
                // Of two with one name the first counts, as for `getenv`.
                if variables[name] == nil { variables[name] = String(pair[pair.utf8.index(after: equals)...]) }
            }
            unsafe entry += 1
        }
        return variables
    }
}
