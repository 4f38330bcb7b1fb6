//! The machine that a pickle is a program for: protocols 2 to 5, as `torch.save` writes them.

use std::format;
use std::string::String;
use std::vec::Vec;

use super::global::Global;
use super::heap::{Class, EMPTY, Heap, Storage, Tensor, Value};
use super::pickle::{Pickle, whole};
use super::records::Records;

const NOT_ENOUGH: &str = "an instruction has fewer operands than it takes";
const NO_DICTIONARY: &str = "something is put into what is no dictionary";

/// A pickle that is run.
pub(super) struct Machine<'a, 'r> {
    pickle: Pickle<'a>,
    records: &'r mut Records<'a>,
    pub(super) heap: Heap<'a>,
    stack: Vec<Value<'a>>,
    /// The places of the stack where lists of operands begin.
    marks: Vec<usize>,
    memo: Vec<Value<'a>>,
}

impl<'a, 'r> Machine<'a, 'r> {
    pub(super) fn new(pickle: &'a [u8], records: &'r mut Records<'a>, heap: Heap<'a>) -> Self {
        let pickle = Pickle::new(pickle);
        Machine { pickle, records, heap, stack: Vec::new(), marks: Vec::new(), memo: Vec::new() }
    }

    /// Runs it to its end. Returns what it makes.
    pub(super) fn run(&mut self) -> Result<Value<'a>, String> {
        loop {
            let at = self.pickle.at;
            match self.step() {
                Ok(true) => return self.pop(),
                Ok(false) => {}
                Err(problem) => return Err(format!("its pickle cannot be read, byte {at}: {problem}")),
            }
        }
    }

    /// Runs one instruction, by the names of Python's `pickletools`. Returns whether it is the last one.
    fn step(&mut self) -> Result<bool, String> {
        let code = self.pickle.byte()?;
        match code {
            b'.' => return Ok(true),          // STOP
            0x80 => _ = self.pickle.byte()?,  // PROTO
            0x95 => _ = self.pickle.take(8)?, // FRAME
            b'(' => {
                self.heap.take(1)?;
                self.marks.push(self.stack.len());
            }
            b'q' => self.put(1)?,                          // BINPUT
            b'r' => self.put(4)?,                          // LONG_BINPUT
            0x94 => self.remember(self.memo.len())?,       // MEMOIZE
            b't' => self.tuple(None)?,                     // TUPLE
            0x85..=0x87 => self.tuple(Some(code - 0x84))?, // TUPLE1 to TUPLE3
            b'a' => self.append(Some(1))?,                 // APPEND
            b'e' => self.append(None)?,                    // APPENDS
            b's' => self.set(Some(2))?,                    // SETITEM
            b'u' => self.set(None)?,                       // SETITEMS
            0x93 => self.global()?,                        // STACK_GLOBAL
            b'R' | 0x81 => self.call()?,                   // REDUCE, NEWOBJ
            b'b' => self.build()?,                         // BUILD
            b'Q' => self.storage()?,                       // BINPERSID
            _ => {
                let value = self.literal(code)?;
                self.push(value)?;
            }
        }
        Ok(false)
    }

    /// The value of an instruction that makes one.
    fn literal(&mut self, code: u8) -> Result<Value<'a>, String> {
        let pickle = &mut self.pickle;
        let number = |bytes: &[u8]| whole(bytes).map_or(Value::Other, Value::Whole);
        let other = |_: &[u8]| Value::Other;
        Ok(match code {
            b'N' | 0x88 | 0x89 => Value::Other,          // NONE, NEWTRUE, NEWFALSE
            b'J' => number(pickle.take(4)?),             // BININT
            b'K' => Value::Whole(pickle.byte()?.into()), // BININT1
            b'M' => i64::try_from(pickle.count(2)?).map_or(Value::Other, Value::Whole), // BININT2
            0x8a => number(pickle.counted(1)?),          // LONG1
            0x8b => number(pickle.counted(4)?),          // LONG4
            b'G' => other(pickle.take(8)?),              // BINFLOAT
            0x8c => Value::Text(pickle.text(1)?),        // SHORT_BINUNICODE
            b'X' => Value::Text(pickle.text(4)?),        // BINUNICODE
            0x8d => Value::Text(pickle.text(8)?),        // BINUNICODE8
            b'C' | b'U' => other(pickle.counted(1)?),    // SHORT_BINBYTES, SHORT_BINSTRING
            b'B' | b'T' => other(pickle.counted(4)?),    // BINBYTES, BINSTRING
            0x8e | 0x96 => other(pickle.counted(8)?),    // BINBYTES8, BYTEARRAY8
            b'c' => Value::Global(Global::named(pickle.line()?, pickle.line()?)?), // GLOBAL
            b'h' => self.remembered(1)?,                 // BINGET
            b'j' => self.remembered(4)?,                 // LONG_BINGET
            b')' => Value::Container(EMPTY),
            b']' => self.heap.container(Class::List, Vec::new())?,
            b'}' => self.heap.container(Class::Dictionary, Vec::new())?,
            _ => return Err(format!("the instruction 0x{code:02x} is none that `torch.save` writes")),
        })
    }

    fn push(&mut self, value: Value<'a>) -> Result<(), String> {
        self.heap.take(1)?;
        self.stack.push(value);
        Ok(())
    }

    fn pop(&mut self) -> Result<Value<'a>, String> {
        let value = self.stack.pop().ok_or(NOT_ENOUGH)?;
        self.heap.give(1);
        Ok(value)
    }

    /// The last values of the stack, as many as are given, or those behind the last mark.
    fn last(&mut self, count: Option<usize>) -> Result<Vec<Value<'a>>, String> {
        let begin = match count {
            Some(count) => self.stack.len().checked_sub(count).ok_or(NOT_ENOUGH)?,
            None => {
                let mark = self.marks.pop().filter(|mark| *mark <= self.stack.len()).ok_or(NOT_ENOUGH)?;
                self.heap.give(1);
                mark
            }
        };
        self.heap.give(self.stack.len() - begin);
        Ok(self.stack.split_off(begin))
    }

    /// Remembers the top of the stack under a number of so many bytes.
    fn put(&mut self, bytes: usize) -> Result<(), String> {
        let number = self.pickle.count(bytes)?;
        self.remember(number)
    }

    /// Python counts what it remembers, so that the numbers come one after the other.
    fn remember(&mut self, number: usize) -> Result<(), String> {
        let value = *self.stack.last().ok_or(NOT_ENOUGH)?;
        let known = self.memo.len();
        match self.memo.get_mut(number) {
            Some(place) => *place = value,
            None if number == known => {
                self.heap.take(1)?;
                self.memo.push(value);
            }
            None => return Err(format!("value {number} is remembered before value {known}")),
        }
        Ok(())
    }

    fn remembered(&mut self, bytes: usize) -> Result<Value<'a>, String> {
        let number = self.pickle.count(bytes)?;
        self.memo.get(number).copied().ok_or_else(|| format!("value {number} is used, and was not remembered"))
    }

    fn tuple(&mut self, count: Option<u8>) -> Result<(), String> {
        let items = self.last(count.map(usize::from))?;
        let tuple = self.heap.container(Class::Tuple, items)?;
        self.push(tuple)
    }

    fn append(&mut self, count: Option<usize>) -> Result<(), String> {
        let items = self.last(count)?;
        let list = self.top(Class::List).ok_or("something is appended to what is no list")?;
        Ok(self.heap.extend(list, items)?)
    }

    fn set(&mut self, count: Option<usize>) -> Result<(), String> {
        let items = self.last(count)?;
        let dictionary = self.top(Class::Dictionary).ok_or(NO_DICTIONARY)?;
        if !items.len().is_multiple_of(2) {
            return Err("a dictionary has a key without a value".into());
        }
        Ok(self.heap.extend(dictionary, items)?)
    }

    /// The container on top of the stack, if it is of a kind.
    fn top(&self, kind: Class) -> Option<usize> {
        let Some(Value::Container(container)) = self.stack.last() else { return None };
        Some(*container).filter(|container| self.heap.get(*container).kind == kind)
    }

    fn global(&mut self) -> Result<(), String> {
        let (name, module) = (self.pop()?, self.pop()?);
        let (Value::Text(module), Value::Text(name)) = (module, name) else {
            return Err("the name of a function is no text".into());
        };
        self.push(Value::Global(Global::named(module, name)?))
    }

    /// A call of a function with a tuple of arguments.
    fn call(&mut self) -> Result<(), String> {
        let (arguments, function) = (self.pop()?, self.pop()?);
        let arguments = self.heap.items(arguments, Class::Tuple).ok_or("the arguments of a call are no tuple")?;
        let result = match (function, arguments) {
            (Value::Global(Global::OrderedDict), []) => self.heap.container(Class::Dictionary, Vec::new())?,
            (Value::Global(Global::Parameter), [tensor @ Value::Tensor(_), ..]) => *tensor,
            (Value::Global(Global::Tensor), [storage, offset, shape, strides, ..]) => {
                let view = self.view([*storage, *offset, *shape, *strides]);
                self.heap
                    .tensor(view.ok_or("a tensor is made of something else than a storage, an offset and sizes")?)?
            }
            _ => return Err("a call is none that `torch.save` writes".into()),
        };
        self.push(result)
    }

    fn view(&self, arguments: [Value<'a>; 4]) -> Option<Tensor> {
        let [Value::Storage(storage), Value::Whole(offset), shape, strides] = arguments else { return None };
        let [Value::Container(shape), Value::Container(strides)] = [shape, strides] else { return None };
        let tuples = [shape, strides].map(|tuple| self.heap.items(Value::Container(tuple), Class::Tuple));
        let offset = usize::try_from(offset).ok()?;
        tuples.iter().all(Option::is_some).then_some(Tensor { storage, offset, shape, strides })
    }

    /// The attributes of a dictionary, such as the versions of its modules, are left out.
    fn build(&mut self) -> Result<(), String> {
        self.pop()?;
        self.top(Class::Dictionary).map(|_| ()).ok_or_else(|| NO_DICTIONARY.into())
    }

    /// A storage, by a tuple of `"storage"`, the type, the name of its entry, its device and its count of numbers.
    fn storage(&mut self) -> Result<(), String> {
        let id = self.pop()?;
        let id = self.heap.items(id, Class::Tuple).ok_or("the name of a storage is no tuple")?;
        let [Value::Text("storage"), Value::Global(Global::Storage(kind)), Value::Text(key), _, Value::Whole(count)] =
            *id
        else {
            return Err("the name of a storage is none that `torch.save` writes".into());
        };
        let bytes = self.records.find(&format!("data/{key}"))?;
        let bytes = bytes.ok_or_else(|| format!("there is no entry `data/{key}` for a storage"))?;
        if usize::try_from(count) != Ok(bytes.len() / kind.bytes()) {
            let (found, dtype) = (bytes.len(), kind.dtype());
            return Err(format!("the entry `data/{key}` has {found} bytes, which are not {count} numbers of {dtype}"));
        }
        let storage = self.heap.storage(Storage { kind, bytes })?;
        self.push(storage)
    }
}
