#if PolicyFiles
/// A line that is no check.
package struct CheckLineError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The fault of the line.
    package let message: String
    /// The line's id, where it could be read.
    package let id: String?

    init(_ message: String, id: String? = nil) {
        self.message = message
        self.id = id
    }

    package var description: String { message }
}
#endif
