#if QRCode
/// Why there is no QR code of a text.
public struct QRCodeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of failure.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as it is printed.
        public let rawValue: String

        /// A code of this name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as it is printed.
        public var description: String { rawValue }

        /// The text is empty.
        public static let noText = Code(rawValue: "no-text")
        /// The text is longer than any code holds.
        public static let tooLong = Code(rawValue: "too-long")
    }

    /// The kind of failure.
    public let code: Code
    /// One sentence, without the text.
    public let message: String

    init(_ code: Code, _ message: String) {
        (self.code, self.message) = (code, message)
    }

    /// The code and the message.
    public var description: String { "\(code): \(message)" }
}
#endif
