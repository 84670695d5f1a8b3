#if PostgreSQL
/// An argument of a statement.
public enum PostgreSQLValue: Sendable, Hashable {
    /// The value `NULL`.
    case null
    /// A value of the type `text`, in which PostgreSQL allows no NUL.
    case text(String)
    /// A value of the type `bigint`.
    case integer(Int64)
    /// A value of the type `boolean`.
    case bool(Bool)
    /// A value of the type `bytea`.
    case bytes([UInt8])

    /// The type's number in PostgreSQL's catalogue; 0 if the statement determines the type.
    var type: UInt32 {
        switch self {
        case .null: 0
        case .text: 25
        case .integer: 20
        case .bool: 16
        case .bytes: 17
        }
    }

    /// Appends the value in PostgreSQL's binary form. Returns false for `NULL`.
    func append(to bytes: inout [UInt8]) -> Bool {
        switch self {
        case .null: return false
        case .text(let text): bytes.append(contentsOf: text.utf8)
        case .integer(let number): withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        case .bool(let value): bytes.append(value ? 1 : 0)
        case .bytes(let value): bytes.append(contentsOf: value)
        }
        return true
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
