/// Thrown into a request's body by the server's edge when its bytes come too slowly; answered as `RequestTimeout`.
package struct SlowBodyError: Error {
    /// Makes the error.
    package init() {}
}
