// Copied into the mutated module: what the rewritten operators and conditions do.
//
// `a == b` becomes `a =^ 17 ^== b`, with the number of its first mutation in the middle. It does what it did, but where
// the environment names that mutation (or the next one, for an operator that has two).

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The mutation that this process runs with; 0 for none.
private let activeMutation: Int = {
    guard let number = getenv("GATEHOUSE_MUTATION").flatMap({ Int(String(cString: $0)) }), number > 0 else { return 0 }
    _ = alarm(60)  // ends a mutant that does not end by itself
    return number
}()

/// A condition or a literal, negated by its mutation.
public func flipped(_ number: Int, _ value: Bool) -> Bool { value != (activeMutation == number) }

/// A guard's condition, met always under its mutation.
public func dropped(_ number: Int, _ value: Bool) -> Bool { value || activeMutation == number }

infix operator ^! : MutatedNegation
infix operator +^ : AdditionPrecedence
infix operator ^+ : AdditionPrecedence
infix operator ^- : AdditionPrecedence
infix operator =^ : MutatedComparison
infix operator ^== : MutatedComparison
infix operator ^!= : MutatedComparison
infix operator ^< : MutatedComparison
infix operator ^<= : MutatedComparison
infix operator ^> : MutatedComparison
infix operator ^>= : MutatedComparison
infix operator &^ : LogicalConjunctionPrecedence
infix operator ^&& : LogicalConjunctionPrecedence
infix operator |^ : LogicalDisjunctionPrecedence
infix operator ^|| : LogicalDisjunctionPrecedence

/// As a prefix operator binds.
precedencegroup MutatedNegation {
    higherThan: BitwiseShiftPrecedence
    associativity: right
}
/// As a comparison binds, but with two operators, the left one first.
precedencegroup MutatedComparison {
    higherThan: LogicalConjunctionPrecedence
    lowerThan: NilCoalescingPrecedence
    associativity: left
}

/// The value left of an operator, and the number of the operator's first mutation.
public struct MutatedOperand<Value> {
    let value: Value
    let number: Int

    var isFirst: Bool { activeMutation == number }
    var isSecond: Bool { activeMutation == number + 1 }
}

public func =^ <Value>(value: Value, number: Int) -> MutatedOperand<Value> {
    MutatedOperand(value: value, number: number)
}
public func +^ <Value>(value: Value, number: Int) -> MutatedOperand<Value> {
    MutatedOperand(value: value, number: number)
}
public func &^ (value: Bool, number: Int) -> MutatedOperand<Bool> { MutatedOperand(value: value, number: number) }
public func |^ (value: Bool, number: Int) -> MutatedOperand<Bool> { MutatedOperand(value: value, number: number) }

public func ^! (number: Int, value: Bool) -> Bool { value == (activeMutation == number) }
func ^! (number: Int, value: Truth) -> Truth { activeMutation == number ? value : !value }

public func ^+ <Value: BinaryInteger>(lhs: MutatedOperand<Value>, rhs: Value) -> Value {
    lhs.isFirst ? lhs.value : lhs.value + rhs
}
public func ^- <Value: BinaryInteger>(lhs: MutatedOperand<Value>, rhs: Value) -> Value {
    lhs.isFirst ? lhs.value : lhs.value - rhs
}

public func ^== <Value: Equatable>(lhs: MutatedOperand<Value>, rhs: Value) -> Bool { (lhs.value == rhs) != lhs.isFirst }
public func ^!= <Value: Equatable>(lhs: MutatedOperand<Value>, rhs: Value) -> Bool { (lhs.value != rhs) != lhs.isFirst }
public func ^== <Value>(lhs: MutatedOperand<Value?>, rhs: _OptionalNilComparisonType) -> Bool {
    (lhs.value == nil) != lhs.isFirst
}
public func ^!= <Value>(lhs: MutatedOperand<Value?>, rhs: _OptionalNilComparisonType) -> Bool {
    (lhs.value != nil) != lhs.isFirst
}

/// The comparison as written, or as one of its two mutations.
private func choose<Value>(_ lhs: MutatedOperand<Value>, _ original: Bool, _ first: Bool, _ second: Bool) -> Bool {
    lhs.isFirst ? first : lhs.isSecond ? second : original
}
public func ^< <Value: Comparable>(lhs: MutatedOperand<Value>, rhs: Value) -> Bool {
    choose(lhs, lhs.value < rhs, lhs.value <= rhs, lhs.value >= rhs)
}
public func ^<= <Value: Comparable>(lhs: MutatedOperand<Value>, rhs: Value) -> Bool {
    choose(lhs, lhs.value <= rhs, lhs.value < rhs, lhs.value > rhs)
}
public func ^> <Value: Comparable>(lhs: MutatedOperand<Value>, rhs: Value) -> Bool {
    choose(lhs, lhs.value > rhs, lhs.value >= rhs, lhs.value <= rhs)
}
public func ^>= <Value: Comparable>(lhs: MutatedOperand<Value>, rhs: Value) -> Bool {
    choose(lhs, lhs.value >= rhs, lhs.value > rhs, lhs.value < rhs)
}
/// Pairs conform to nothing.
public func ^< <A: Comparable, B: Comparable>(lhs: MutatedOperand<(A, B)>, rhs: (A, B)) -> Bool {
    choose(lhs, lhs.value < rhs, lhs.value <= rhs, lhs.value >= rhs)
}

public func ^&& (lhs: MutatedOperand<Bool>, rhs: @autoclosure () throws -> Bool) rethrows -> Bool {
    try lhs.isFirst ? lhs.value || rhs() : lhs.value && rhs()
}
public func ^|| (lhs: MutatedOperand<Bool>, rhs: @autoclosure () throws -> Bool) rethrows -> Bool {
    try lhs.isFirst ? lhs.value && rhs() : lhs.value || rhs()
}
