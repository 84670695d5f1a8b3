import GatehouseBase

/// A value that was read can be written and read again as an equal value.
@Sendable func checkJSON(_ input: [UInt8]) throws(FuzzFinding) {
    guard let document = try? JSONDocument(parsing: input) else { return }
    let value = JSONValue(document.root)
    guard let again = try? JSONDocument(parsing: value.utf8) else {
        throw FuzzFinding("what was written is not JSON")
    }
    try expect(JSONValue(again.root) == value, "the value changed")
    for member in document.root.members {
        try expect(document.root.member(member.name.string ?? "")?.offset == member.value.offset, "a member was lost")
    }
    _ = document.root.position
    _ = document.root.double
}
