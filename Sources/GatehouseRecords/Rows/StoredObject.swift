/// A value that a store writes into a column.
package enum StoredValue: Sendable {
    case text(String?)
    case integer(Int64?)
    case bool(Bool)
}

/// An object of the directory in the form of all stores, which keep it in the table of its kind.
package protocol StoredObject: Sendable {
    static var kind: DirectoryKind { get }
    /// The names of the columns that only this kind of object has.
    static var ownColumns: [String] { get }
    var id: String { get }

    /// Returns the values of ``ownColumns``; `NULL` and false for an object that was deleted.
    static func ownValues(of object: Self?) -> [StoredValue]
    /// Reads the object from a row of ``columns``.
    init(_ row: some StoredRow) throws
}

extension StoredObject {
    /// The names of the columns in a table of the directory, without the issuer's column.
    package static var columns: [String] { ["id", "updated", "told", "tie", "is_deleted"] + ownColumns }
}

extension DirectoryEntry where Object: StoredObject {
    /// Reads an entry from a row of the object's columns.
    package init(_ row: some StoredRow) throws {
        self.init(try row.bool(4) ? nil : try Object(row), version: try ObjectVersion(row, at: 1))
    }

    /// The values of the object's columns after the id.
    package var values: [StoredValue] {
        [.integer(version.updated), .integer(version.told), .text(version.tie), .bool(isDeleted)]
            + Object.ownValues(of: object)
    }
}
