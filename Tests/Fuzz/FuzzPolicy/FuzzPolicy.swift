#if PolicyFiles
import Gatehouse
import GatehousePolicyFiles

/// Whatever a document holds, each mistake has its place, and a policy without mistakes answers its questions alike.
///
/// The input is a policy document and, after a NUL, a check line.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    let parts = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let document = PolicyDocument(reading: Array(parts[0]))
    precondition(document.findings.allSatisfy { $0.position != nil }, "a finding has no place")
    guard let policy = document.policy else {
        precondition(document.findings.contains { $0.severity == .error }, "refused, and nothing is wrong")
        return 0
    }
    guard let engine = try? PolicyEngine(policy), let now = Timestamp(seconds: 1_800_000_000) else {
        preconditionFailure("a document without errors is no policy")
    }
    let line = parts.count > 1 ? Array(parts[1]) : Array(#"{"principal":{"id":"a"},"permission":"a:b"}"#.utf8)
    let (_, isAllowed) = engine.answer(checkLine: line, now: now)
    guard let check = try? CheckLine(reading: line, now: now).check else {
        precondition(!isAllowed, "what is no check was allowed")
        return 0
    }
    let resource = check.resource
    let resolved = engine.resolve(check.principal)
        .allows(check.permission, on: resource, action: check.action, context: check.context, at: check.time)
    precondition(engine.allows(check) == isAllowed && resolved == isAllowed, "the answers differ")
    precondition(engine.explain(check).decision.isAllowed == isAllowed, "the explanation differs")
    let listed = engine.permissions(of: check.principal, on: resource?.resourceID, at: check.time)
        .first { $0.permission == check.permission.name }
    if engine.permissionNames.contains(check.permission.name) {
        precondition(listed != nil || !isAllowed, "allowed, and not listed")
        precondition(listed?.isConditional != false || isAllowed, "listed, and not allowed")
    }
    precondition((try? engine.differences(to: engine)) == [], "a policy differs from itself")
    return 0
}
#else
// Without the trait the target is empty; so is the program.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt { 0 }
#endif
