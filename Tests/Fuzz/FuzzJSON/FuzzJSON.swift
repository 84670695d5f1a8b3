import GatehouseBase

/// What is read can be written and read again as the same value.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    guard let document = try? JSONDocument(parsing: input) else { return 0 }
    let value = JSONValue(document.root)
    guard let again = try? JSONDocument(parsing: value.utf8) else {
        preconditionFailure("what was written is not JSON")
    }
    precondition(JSONValue(again.root) == value, "the value changed")
    for member in document.root.members {
        precondition(document.root.member(member.name.string ?? "")?.offset == member.value.offset, "a member was lost")
    }
    _ = document.root.position
    _ = document.root.double
    return 0
}
