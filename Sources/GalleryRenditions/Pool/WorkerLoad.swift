/// How busy the workers are.
package struct WorkerLoad: Equatable, Sendable {
    /// Pictures that are being decoded.
    package let busy: Int
    /// Pictures that wait for a worker.
    package let waiting: Int
    /// Pictures that can be decoded at once.
    package let workers: Int
}
