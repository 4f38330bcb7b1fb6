//! Weights alone: the file that a program takes which has its weights in it.

use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use nn_weights::Archive;

/// What is changed in a file of weights.
#[derive(Debug, Args)]
#[command(next_help_heading = "Files of weights")]
pub struct Rules {
    /// Names that begin with a path begin with another one, as in `module=` or `fc=head`; it may be given several times.
    #[arg(long = "rename", value_name = "FROM=TO")]
    renames: Vec<String>,
    /// The order of the axes in the file, as in `fc*.weight=1,0` for dense layers of Keras; it may be given several times.
    #[arg(long = "transpose", value_name = "PATTERN=AXES")]
    transposes: Vec<String>,
    /// Only the tensors whose new names fit a pattern, such as `body`; it may be given several times.
    #[arg(long, value_name = "PATTERN")]
    only: Vec<String>,
    /// All but the tensors whose new names fit a pattern; it may be given several times.
    #[arg(long, value_name = "PATTERN")]
    except: Vec<String>,
}

impl Rules {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        [&self.renames, &self.transposes, &self.only, &self.except].iter().all(|rules| rules.is_empty())
    }

    fn read(&self) -> Result<nn_weights::Rules<'static>> {
        let mut rules = nn_weights::Rules::new();
        let table: Vec<(&str, &str)> = self.renames.iter().map(|text| pair(text, "FROM=TO")).collect::<Result<_>>()?;
        rules.rename_table(table);
        for text in &self.transposes {
            let (pattern, axes) = pair(text, "PATTERN=AXES")?;
            let axes: Option<Vec<usize>> = axes.split(',').map(|axis| axis.trim().parse().ok()).collect();
            rules.transpose(
                pattern,
                &axes.ok_or_else(|| anyhow!("`{text}` is no order of axes, as in `fc.weight=1,0`"))?,
            );
        }
        self.only.iter().for_each(|pattern| rules.only(pattern));
        self.except.iter().for_each(|pattern| rules.except(pattern));
        rules.single();
        Ok(rules)
    }
}

fn pair<'t>(text: &'t str, form: &str) -> Result<(&'t str, &'t str)> {
    text.split_once('=').ok_or_else(|| anyhow!("`{text}` is not `{form}`"))
}

/// Converts a file of weights.
///
/// # Errors
/// If it is none, or all that does not fit the rules; nothing is written then.
pub fn convert(path: &Path, file: &[u8], output: &Path, rules: &Rules) -> Result<()> {
    let archive = Archive::read(file).with_context(|| format!("`{}` is no file of weights", path.display()))?;
    let converted = nn_weights::convert(&archive, &rules.read()?);
    let bytes = match converted {
        Ok(bytes) => bytes,
        Err(problems) => {
            let lines: Vec<String> = problems.iter().map(|problem| format!("\n  {problem}")).collect();
            bail!("`{}` cannot be converted:{}", path.display(), lines.concat());
        }
    };
    nn_weights::files::replace(output, &bytes).with_context(|| format!("`{}` cannot be written", output.display()))?;
    println!("{} of {} tensors in {}", Archive::read(&bytes)?.tensors.len(), archive.tensors.len(), output.display());
    Ok(())
}
