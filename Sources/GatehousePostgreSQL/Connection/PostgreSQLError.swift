#if PostgreSQL
import CPostgreSQL
import GatehouseRecords

/// An error about a statement that the server refused, such as for a constraint, an unknown name, or a value that does not fit.
///
/// A failure of the server itself, or of the connection, is a `RecordStoreError`.
public struct PostgreSQLError: Error, Sendable, Hashable {
    /// The five characters of SQLSTATE (PostgreSQL, appendix A).
    public let sqlState: String
    /// The constraint that was violated; `nil` for another error.
    public let constraint: String?
    /// The server's message, which may quote values and serves only for debugging.
    public let serverMessage: String

    /// True if two transactions were in conflict. Another attempt may succeed.
    var isConflict: Bool { sqlState == "40001" || sqlState == "40P01" }

    /// True if the server takes no writes, such as a standby or a former primary.
    var isOfReadOnlyServer: Bool { sqlState == "25006" }

    /// True if the whole transaction is lost, since the server failed or ended its work.
    var isOfStore: Bool {
        ["08", "40", "53", "55", "57", "58", "XX"].contains { sqlState.hasPrefix($0) } || sqlState.isEmpty
    }
}

extension PostgreSQLError: CustomStringConvertible, CustomDebugStringConvertible {
    /// The state and the constraint, without any value.
    public var description: String {
        "PostgreSQL refused a statement (\(sqlState))" + (constraint.map { ": constraint \($0.printable)" } ?? "")
    }
    /// The description and the server's message.
    public var debugDescription: String { "\(description): \(serverMessage.printable(atMost: 1_024))" }
}

extension RecordStoreError {
    init(_ error: PostgreSQLError) {
        // Messages of these classes are about the server, and quote no values.
        let isAboutServer = ["08", "53", "57", "58", "28", "3D"].contains { error.sqlState.hasPrefix($0) }
        let text = isAboutServer ? ": \(error.serverMessage.printable(atMost: 256))" : ""
        self.init(
            error.sqlState.hasPrefix("XX") ? .corrupt : .unavailable,
            "PostgreSQL (\(error.sqlState.isEmpty ? "no state" : error.sqlState))\(text)",
            retryAfter: .seconds(1)
        )
    }

    static func lost(_ message: String) -> RecordStoreError {
        RecordStoreError(.unavailable, "PostgreSQL: \(message)", retryAfter: .seconds(1))
    }
}
#endif
