#if PostgreSQL
/// An argument of a statement.
public enum PostgreSQLValue: Sendable, Hashable {
    /// `NULL`.
    case null
    /// `text`. PostgreSQL holds no NUL in it.
    case text(String)
    /// `bigint`.
    case integer(Int64)
    /// `boolean`.
    case bool(Bool)
    /// `bytea`.
    case bytes([UInt8])

    /// The type's number in PostgreSQL's catalogue; 0 leaves it to the statement.
    var type: UInt32 {
        switch self {
        case .null: 0
        case .text: 25
        case .integer: 20
        case .bool: 16
        case .bytes: 17
        }
    }

    /// The value in PostgreSQL's binary form; `nil` for `NULL`.
    var binary: [UInt8]? {
        switch self {
        case .null: nil
        case .text(let text): Array(text.utf8)
        case .integer(let number): withUnsafeBytes(of: number.bigEndian) { Array($0) }
        case .bool(let value): [value ? 1 : 0]
        case .bytes(let bytes): bytes
        }
    }
}

extension PostgreSQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(nilLiteral: ()) { self = .null }
}
#endif
