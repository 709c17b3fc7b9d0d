#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension ObjectStoreError {
    /// The error for a system call that failed with `code`: a full disk is a refusal, all else a failure.
    static func failed(_ operation: String, errno code: CInt) -> ObjectStoreError {
        code == ENOSPC || code == EDQUOT ? .noSpace : .storageUnavailable(operation: operation, errno: code)
    }

    /// Whether the system said that a name is not there.
    var isMissing: Bool { hasErrno(ENOENT) }

    /// Whether the system failed with this number.
    func hasErrno(_ code: CInt) -> Bool {
        guard case .storageUnavailable(_, let own) = self else { return false }
        return own == code
    }
}

/// Makes one system call, again as long as a signal interrupts it.
///
/// - Parameters:
///   - operation: What it was for, in two or three words of the error.
///   - call: The call; a negative result says that `errno` tells why it failed.
/// - Returns: What the call returned.
/// - Throws: ``ObjectStoreError/noSpace`` or ``ObjectStoreError/storageUnavailable(operation:errno:)``.
@discardableResult
func systemCall<Value: SignedInteger>(
    _ operation: String,
    _ call: () -> Value
) throws(ObjectStoreError) -> Value {
    while true {
        let value = call()
        if value >= 0 { return value }
        let code = errno
        guard code == EINTR else { throw .failed(operation, errno: code) }
    }
}
