//! Convolutions and pools, whose channels stand in front.

use super::{Lowering, Results, wholes};
use crate::constant::Constant;
use crate::graph::{Attribute, Attributes};
use crate::tflite::fields::{convolution, depthwise, pool, transposed};
use crate::tflite::file::Operator;
use crate::tflite::order;

/// The order of the axes of an image, and of the weights of a convolution: its channels are those of the results.
const IMAGE: [usize; 4] = [0, 3, 1, 2];

/// The most padding of a side: sizes are added up to it.
pub(super) const MOST_PADDING: usize = 1 << 31;

/// The numbers of the options of a kind of windows.
struct Options {
    padding: u16,
    /// Rows, then columns.
    strides: [u16; 2],
    dilations: Option<[u16; 2]>,
    activation: u16,
}

const CONVOLUTION: Options = Options {
    padding: convolution::PADDING,
    strides: [convolution::STRIDE_H, convolution::STRIDE_W],
    dilations: Some([convolution::DILATION_H, convolution::DILATION_W]),
    activation: convolution::ACTIVATION,
};

const DEPTHWISE: Options = Options {
    padding: depthwise::PADDING,
    strides: [depthwise::STRIDE_H, depthwise::STRIDE_W],
    dilations: Some([depthwise::DILATION_H, depthwise::DILATION_W]),
    activation: depthwise::ACTIVATION,
};

const TRANSPOSED: Options = Options {
    padding: transposed::PADDING,
    strides: [transposed::STRIDE_H, transposed::STRIDE_W],
    dilations: None,
    activation: transposed::ACTIVATION,
};

const POOL: Options = Options {
    padding: pool::PADDING,
    strides: [pool::STRIDE_H, pool::STRIDE_W],
    dilations: None,
    activation: pool::ACTIVATION,
};

/// The windows of an operator.
struct Windows {
    is_same: bool,
    strides: Vec<usize>,
    dilations: Vec<usize>,
    /// In front of the axes, then behind them: of a `PAD` that the windows take over.
    pads: Option<Vec<usize>>,
}

impl Windows {
    fn attributes(&self) -> Attributes {
        let attributes = Attributes::default().with("strides", wholes(&self.strides));
        let attributes = attributes.with("dilations", wholes(&self.dilations));
        match (&self.pads, self.is_same) {
            (Some(pads), _) => attributes.with("pads", wholes(pads)),
            (None, true) => attributes.with("auto_pad", Attribute::Text("SAME_UPPER".into())),
            (None, false) => attributes.with("auto_pad", Attribute::Text("VALID".into())),
        }
    }

    /// Those along the columns alone.
    fn of_columns(&self) -> Windows {
        let pads = self.pads.as_ref().map(|pads| vec![pads[1], pads[3]]);
        let (strides, dilations) = (vec![self.strides[1]], vec![self.dilations[1]]);
        Windows { is_same: self.is_same, strides, dilations, pads }
    }
}

impl Lowering<'_, '_> {
    fn windows(&self, operator: &Operator, options: &Options) -> Result<Windows, String> {
        let number = |field| -> Result<usize, String> {
            let number = self.file.whole(operator, field, 1)?;
            usize::try_from(number).map_err(|_| format!("its stride or dilation {number} is negative"))
        };
        let strides = options.strides.iter().map(|field| number(*field)).collect::<Result<_, _>>()?;
        let dilations = match options.dilations {
            Some(fields) => fields.iter().map(|field| number(*field)).collect::<Result<_, _>>()?,
            None => vec![1; 2],
        };
        let is_same = match self.file.choice(operator, options.padding)? {
            0 => true,
            1 => false,
            other => return Err(format!("its padding {other} is not known")),
        };
        Ok(Windows { is_same, strides, dilations, pads: None })
    }

    /// An image with its edges: those of a `PAD` with zeros in front of windows without padding.
    fn padded_image(&mut self, tensor: usize, windows: &mut Windows) -> Result<usize, String> {
        let file = self.file;
        let Some(pad) = self.producers.get(&tensor).map(|number| &file.operators[*number]) else { return Ok(tensor) };
        if windows.is_same || pad.name != "PAD" {
            return Ok(tensor);
        }
        let Ok(sides) = self.known(pad, 1, "paddings") else { return Ok(tensor) };
        let sides: Vec<usize> = sides.whole().iter().filter_map(|one| usize::try_from(*one).ok()).collect();
        if let [0, 0, top, bottom, left, right, 0, 0] = sides[..]
            && sides.iter().all(|side| *side <= MOST_PADDING)
        {
            windows.pads = Some(vec![top, left, bottom, right]);
            return self.operand(pad, 0);
        }
        Ok(tensor)
    }

    /// Adds the activation that is fused into an operator.
    pub(super) fn activated(&mut self, name: String, activation: i8) -> Result<String, String> {
        let clip = |least: f64, most: f64| {
            Attributes::default().with("min", Attribute::Real(least)).with("max", Attribute::Real(most))
        };
        let (operator, attributes) = match activation {
            0 => return Ok(name),
            1 => ("Relu", Attributes::default()),
            2 => ("Clip", clip(-1.0, 1.0)),
            3 => ("Clip", clip(0.0, 6.0)),
            4 => ("Tanh", Attributes::default()),
            5 => return Err("its activation is the bit of the sign".into()),
            other => return Err(format!("its activation {other} is not known")),
        };
        Ok(self.node(operator, vec![name], attributes))
    }

    /// The operands behind the weight: a bias, if there is one.
    fn bias(&mut self, operator: &Operator, at: usize) -> Result<Option<String>, String> {
        let given = operator.inputs.get(at).copied().flatten();
        given.map(|bias| self.read_own(bias)).transpose()
    }

    fn convolve(&mut self, operator: &Operator, options: &Options, (weight, groups): (String, usize)) -> Results {
        let mut windows = self.windows(operator, options)?;
        let image = self.operand(operator, 0)?;
        let image = self.padded_image(image, &mut windows)?;
        let is_row = self.shape(image).is_some_and(|shape| shape.len() == 4 && shape[1] == 1 && shape[2] > 1);
        let has_row = self.graph.constants.get(&weight).is_some_and(|weight| weight.shape.get(2) == Some(&1));
        let has_edge = windows.pads.as_ref().is_some_and(|pads| pads[0] + pads[2] != 0);
        let bias = self.bias(operator, 2)?;
        let x = self.read(image, &IMAGE)?;
        let group = Attribute::Whole(i64::try_from(groups).unwrap_or(1));
        let is_line = is_row && has_row && !has_edge;
        let (x, weight, windows) = if is_line {
            // an image of one row is a sequence
            let weight = self.graph.constants.get(&weight).cloned().ok_or("its weight is missing")?;
            let line = [weight.shape[..2].to_vec(), weight.shape[3..].to_vec()].concat();
            let weight = self.constant(weight.reshaped(line));
            (self.node("Squeeze", vec![x], axes(2)), weight, windows.of_columns())
        } else {
            (x, weight, windows)
        };
        let inputs = [x, weight].into_iter().chain(bias).collect();
        let attributes = windows.attributes().with("group", group);
        let result = self.node("Conv", inputs, attributes);
        let result = if is_line { self.node("Unsqueeze", vec![result], axes(2)) } else { result };
        let activation = self.file.choice(operator, options.activation)?;
        let result = self.activated(result, activation)?;
        self.result(operator, result, IMAGE.into())
    }

    pub(super) fn convolution(&mut self, operator: &Operator) -> Results {
        let (image, weight) = (self.operand(operator, 0)?, self.operand(operator, 1)?);
        let (Some([_, _, _, own]), Some([_, _, _, channels])) =
            (self.shape_of_image(weight), self.shape_of_image(image))
        else {
            return Err("its image or its weight has not four axes".into());
        };
        let groups = channels / own.max(1);
        let weight = self.read(weight, &IMAGE)?;
        self.convolve(operator, &CONVOLUTION, (weight, groups))
    }

    pub(super) fn depthwise(&mut self, operator: &Operator) -> Results {
        let (image, weight) = (self.operand(operator, 0)?, self.operand(operator, 1)?);
        let (Some([1, _, _, _]), Some([_, _, _, channels])) = (self.shape_of_image(weight), self.shape_of_image(image))
        else {
            return Err("its image or its weight has not four axes".into());
        };
        // the results of a channel stand side by side, as those of a group do
        let weight = self.read(weight, &[3, 0, 1, 2])?;
        self.convolve(operator, &DEPTHWISE, (weight, channels))
    }

    /// The sizes that the file says, of which the channels are the same for images of all sizes.
    fn shape_of_image(&self, tensor: usize) -> Option<[usize; 4]> {
        self.file.tensors[tensor].shape.as_slice().try_into().ok()
    }

    pub(super) fn transposed_convolution(&mut self, operator: &Operator) -> Results {
        let sizes = self.known(operator, 0, "sizes")?.whole();
        let [_, rows, columns, _] = sizes[..] else { return Err("its sizes are not four".into()) };
        let (weight, image) = (self.operand(operator, 1)?, self.operand(operator, 2)?);
        let windows = self.windows(operator, &TRANSPOSED)?;
        // the channels of the operand in front
        let weight = self.read(weight, &[3, 0, 1, 2])?;
        let (x, bias) = (self.read(image, &IMAGE)?, self.bias(operator, 3)?);
        let attributes = windows.attributes().with("output_shape", Attribute::Wholes(vec![rows, columns]));
        let attributes = attributes.with("auto_pad", Attribute::Text("SAME_UPPER".into()));
        let result = self.node("ConvTranspose", [x, weight].into_iter().chain(bias).collect(), attributes);
        let activation = self.file.choice(operator, TRANSPOSED.activation)?;
        let result = self.activated(result, activation)?;
        self.result(operator, result, IMAGE.into())
    }

    pub(super) fn pool(&mut self, operator: &Operator) -> Results {
        let image = self.operand(operator, 0)?;
        let windows = self.windows(operator, &POOL)?;
        let number = |field| -> Result<usize, String> {
            usize::try_from(self.file.whole(operator, field, 0)?).map_err(|_| "a size is negative".into())
        };
        let kernel = [number(pool::HEIGHT)?, number(pool::WIDTH)?];
        let x = self.read(image, &IMAGE)?;
        let is_average = operator.name == "AVERAGE_POOL_2D";
        let is_whole = self.shape(image).and_then(|shape| shape.get(1..3)).is_some_and(|shape| shape == kernel);
        let result = match (is_average, is_whole && !windows.is_same) {
            (true, true) => self.node("GlobalAveragePool", vec![x], Attributes::default()),
            (false, true) => self.node("GlobalMaxPool", vec![x], Attributes::default()),
            (_, false) => {
                let attributes = windows.attributes().with("kernel_shape", wholes(&kernel));
                self.node(if is_average { "AveragePool" } else { "MaxPool" }, vec![x], attributes)
            }
        };
        let activation = self.file.choice(operator, POOL.activation)?;
        let result = self.activated(result, activation)?;
        self.result(operator, result, IMAGE.into())
    }

    /// Pixels from channels, or channels from pixels.
    pub(super) fn blocks(&mut self, operator: &Operator) -> Results {
        let size = self.file.whole(operator, crate::tflite::fields::block::SIZE, 0)?;
        let image = self.operand(operator, 0)?;
        let x = self.read(image, &IMAGE)?;
        let name = if operator.name == "DEPTH_TO_SPACE" { "DepthToSpace" } else { "SpaceToDepth" };
        let result = self.node(name, vec![x], Attributes::default().with("blocksize", Attribute::Whole(size)));
        self.result(operator, result, IMAGE.into())
    }

    /// An image of another size.
    pub(super) fn resize(&mut self, operator: &Operator) -> Results {
        use crate::tflite::fields::{resize_bilinear, resize_nearest};
        let is_linear = operator.name == "RESIZE_BILINEAR";
        let (aligned, half) = if is_linear {
            (resize_bilinear::ALIGN_CORNERS, resize_bilinear::HALF_PIXEL)
        } else {
            (resize_nearest::ALIGN_CORNERS, resize_nearest::HALF_PIXEL)
        };
        let (aligned, half) = (self.file.flag(operator, aligned)?, self.file.flag(operator, half)?);
        let place = match (aligned, half) {
            (true, _) => "align_corners",
            (false, true) => "half_pixel",
            (false, false) => "asymmetric",
        };
        let image = self.operand(operator, 0)?;
        let sizes: Constant = self.known(operator, 1, "sizes")?.clone();
        let x = self.read(image, &IMAGE)?;
        let sizes = self.constant(sizes);
        let text = |text: &str| Attribute::Text(text.into());
        let rounding = if aligned || half { "round_prefer_ceil" } else { "floor" };
        let attributes = Attributes::default()
            .with("mode", text(if is_linear { "linear" } else { "nearest" }))
            .with("coordinate_transformation_mode", text(place))
            .with("nearest_mode", text(rounding))
            .with("axes", wholes(&[2, 3]));
        let result = self.node("Resize", vec![x, String::new(), String::new(), sizes], attributes);
        self.result(operator, result, order::channels_first(4))
    }
}

/// One axis as an attribute.
fn axes(axis: i64) -> Attributes {
    Attributes::default().with("axes", Attribute::Wholes(vec![axis]))
}
