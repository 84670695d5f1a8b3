#if QRCode
/// The reason why a text has no QR code.
public struct QRCodeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of failure.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as a text.
        public let rawValue: String

        /// Makes a code with this text.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as a text.
        public var description: String { rawValue }

        /// The text is empty.
        public static let noText = Code(rawValue: "no-text")
        /// The text is longer than the largest QR code allows.
        public static let tooLong = Code(rawValue: "too-long")
    }

    /// The kind of failure.
    public let code: Code
    /// A sentence about the failure, which does not contain the text.
    public let message: String

    init(_ code: Code, _ message: String) {
        (self.code, self.message) = (code, message)
    }

    /// The code and the message.
    public var description: String { "\(code): \(message)" }
}
#endif
