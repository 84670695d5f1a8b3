/// What kept a membership source from answering.
public struct MembershipSourceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What happened, as a kind.
    public var code: Code
    /// What happened, for logs.
    public var message: String
    /// When it may be over; nil: nobody knows.
    public var retryAfter: Duration?

    /// Makes an error.
    public init(_ message: String, code: Code = .failed, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
    }

    public var description: String { message }
}

extension MembershipSourceError {
    /// What kept a source from answering. A source may have codes of its own.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The code as it is printed.
        public let rawValue: String

        /// A code of this name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The code as it is printed.
        public var description: String { rawValue }

        /// It failed.
        public static var failed: Self { Self(rawValue: "failed") }
        /// It did not answer in time.
        public static var timedOut: Self { Self(rawValue: "timed-out") }
        /// What it knows is too old.
        public static var lagging: Self { Self(rawValue: "lagging") }
    }
}
