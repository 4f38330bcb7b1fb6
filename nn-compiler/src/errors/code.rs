//! The kinds of mistakes, and their numbers.

use std::fmt::{Display, Formatter};
use std::str::FromStr;

/// Declares the kinds once: the variants, their numbers and the list of all are one text.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $number:literal,)*) => {
        /// A kind of mistake. A user sees it as `[NN0401]`.
        ///
        /// The first two digits of its number are the topic, so that the kinds of one topic stay together however many
        /// are added; a new kind gets the next number of its topic. A number is never changed and never given again,
        /// since people search for it. Errors at run time and the messages of rustc's own have none yet; topics from 50
        /// on are free for them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $($(#[$doc])* $variant = $number,)*
        }

        impl Code {
            /// All kinds, by their numbers.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];
        }
    };
}

codes! {
    /// A network has an item that is none of its own.
    NetworkSyntax = 101,
    /// A layer is not declared as one.
    LayerSyntax = 102,
    /// `forward` is not written as a forward pass.
    ForwardSyntax = 103,
    /// A shape is not written as one.
    ShapeSyntax = 104,
    /// The head or the example of a formula is not written as one.
    FormulaSyntax = 105,
    /// A statement is not written as one.
    StatementSyntax = 106,
    /// An expression is not complete, or begins with something else.
    ValueSyntax = 107,
    /// A list of arguments is not written as one.
    ArgumentSyntax = 108,
    /// A list of indices is not written as one.
    IndexSyntax = 109,
    /// The loss is not written as one.
    LossSyntax = 110,
    /// A macro is called with something else than it takes.
    MacroSyntax = 111,
    /// A construct of Rust that the language does not have.
    RustConstruct = 112,
    /// A sign of Rust that the language does not have.
    RustSign = 113,
    /// A value is changed.
    ChangedValue = 114,
    /// `self` stands in front of a name.
    SelfReceiver = 115,
    /// A number cannot be read.
    Literal = 116,
    /// An expression is too deep or too long.
    TooDeep = 117,
    /// `_` stands where a name is needed.
    Underscore = 118,
    /// A scan is not written as such.
    ScanSyntax = 119,

    /// The struct or `forward` is missing.
    MissingPart = 201,
    /// A part of a network is written twice.
    PartTwice = 202,
    /// A `fn` was meant as `forward` or as the loss.
    MisnamedFunction = 203,
    /// An attribute is not one that the network knows in this form.
    Attribute = 204,
    /// The shape of an input, an output or a target is missing.
    MissingShape = 205,
    /// `forward` gives another number of outputs than it declares.
    OutputCount = 206,
    /// A layer is never used.
    UnusedLayer = 207,
    /// A value is never used.
    UnusedValue = 208,
    /// A network cannot be a layer of another.
    NotALayer = 209,
    /// A batch is declared as an axis of a sample.
    BatchAxis = 210,
    /// A file of weights does not fit the network.
    WeightsFile = 211,

    /// A name is given twice.
    NameTwice = 301,
    /// A name has a meaning of its own.
    ReservedName = 302,
    /// There is no value of a name.
    UnknownValue = 303,
    /// There is no function of a name.
    UnknownFunction = 304,
    /// There is no kind of layer of a name.
    UnknownLayerKind = 305,
    /// There is no size of a name.
    UnknownSize = 306,
    /// There is no loss of a name.
    UnknownLoss = 307,
    /// There is no parameter or state of a name that can be used here.
    NoParameter = 308,
    /// A name stands for something of another kind.
    OtherKind = 309,

    /// A layer or function takes another shape than it is given.
    InputShape = 401,
    /// Tensors that are brought together differ in their shapes.
    OperandShapes = 402,
    /// The output has another shape than it is declared with.
    OutputShape = 403,
    /// A definition gives another shape than it is declared with.
    DefinitionShape = 404,
    /// A size of a tensor is less than one.
    EmptyShape = 405,
    /// A tensor has too many axes or values.
    TooLarge = 406,
    /// An axis does not exist, or not as it is needed.
    Axis = 407,
    /// A tensor is reshaped to another number of values.
    ReshapeCount = 408,
    /// A part of an axis lies outside of it.
    Range = 409,
    /// Nothing says what `..` stands for.
    Rest = 410,
    /// The layers of an array cannot follow each other.
    LayerArray = 411,
    /// A value of another kind is needed, such as a tensor for a number.
    ValueKind = 412,
    /// Classes stand where numbers are needed, or other classes than these.
    Classes = 413,

    /// An expression is no size.
    NotASize = 501,
    /// Sizes have no result, or none that fits.
    SizeArithmetic = 502,
    /// A size is needed as a number.
    UndecidedSize = 503,
    /// A size is negative.
    NegativeSize = 504,
    /// A number is not known while compiling.
    NotConstant = 505,
    /// A condition is none that can be decided.
    Condition = 506,
    /// A size does not follow from the input.
    InferredSize = 507,

    /// There is no argument of a name.
    UnknownArgument = 601,
    /// An argument is missing.
    MissingArgument = 602,
    /// There are too many arguments.
    TooManyArguments = 603,
    /// An argument is given twice.
    ArgumentTwice = 604,
    /// An argument has another form than the parameter.
    ArgumentForm = 605,
    /// An argument is of another kind than the parameter.
    ArgumentKind = 606,
    /// A function of the language is called in another way.
    Usage = 607,
    /// A requirement of a layer or function is not met.
    Requirement = 608,
    /// A call has another number of results than there are names.
    ResultCount = 609,
    /// Formulas call each other in a circle.
    Circle = 610,

    /// A formula never defines its result.
    UndefinedResult = 701,
    /// A formula does not define all elements of a tensor.
    MissingElements = 702,
    /// A formula defines elements of a tensor twice.
    ElementsTwice = 703,
    /// A name is defined that has a value already.
    DefinedAlready = 704,
    /// A function of numbers does what only one of tensors can.
    FunctionOfNumbers = 705,
    /// Something happens in a prediction that is for training only.
    TrainingOnly = 706,
    /// What is one for all samples depends on the sample.
    DependsOnSample = 707,
    /// A comparison stands outside of `where`, or `where` has none.
    Comparison = 708,
    /// A `fn` declares what only a `layer` has.
    StoredInFunction = 709,
    /// Initial values are none.
    InitialValues = 710,
    /// A scan hands nothing on, or declares what all of its steps share.
    Carry = 711,
    /// A network is no stream along its axis of time.
    Stream = 712,
    /// A value has no derivative by another.
    Derivative = 713,

    /// An index is not bound.
    UnboundIndex = 801,
    /// Nothing says how far an index runs.
    UnknownExtent = 802,
    /// An index runs over axes of different sizes.
    ExtentsDiffer = 803,
    /// An index leaves its tensor.
    IndexLeaves = 804,
    /// A tensor is read with another number of indices than it has axes.
    IndexCount = 805,
    /// A position is not one that can be computed while compiling.
    IndexForm = 806,
    /// An index runs over nothing.
    EmptyIndex = 807,
    /// The name of an index is taken.
    IndexTaken = 808,
    /// A definition does not reach each place of an axis once.
    Places = 809,

    /// A loss that is named alone does not fit the outputs.
    LossCall = 901,
    /// A term of the loss is not one number for each sample.
    TermShape = 902,
    /// A term of the loss does not depend on the network.
    ConstantTerm = 903,
    /// A term of the loss has a factor that is not finite.
    TermFactor = 904,
    /// A loss has too many terms.
    TooManyTerms = 905,
    /// Terms of one loss are reduced in different ways.
    MixedReductions = 906,
    /// A reduction over the batch has no meaning here.
    Reduction = 907,
    /// A loss is part of a computation.
    TermForm = 908,
    /// The divisor of a loss is none.
    Divisor = 909,
    /// A layer is called in the loss.
    LayerInLoss = 910,
}

impl Code {
    /// Its number: the topic in the hundreds.
    #[must_use]
    pub fn number(self) -> u16 {
        self as u16
    }

    /// A message with the code at the end of its first line.
    #[must_use]
    pub fn marked(self, message: &str) -> String {
        let (headline, rest) = message.split_at(message.find('\n').unwrap_or(message.len()));
        format!("{headline} [{self}]{rest}")
    }
}

impl Display for Code {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "NN{:04}", self.number())
    }
}

impl FromStr for Code {
    type Err = String;

    /// Reads `NN0401`.
    fn from_str(text: &str) -> Result<Self, String> {
        let known = Code::ALL.iter().find(|code| code.to_string().eq_ignore_ascii_case(text));
        known.copied().ok_or_else(|| format!("there is no error `{text}`: `docs/errors` lists those that there are"))
    }
}
